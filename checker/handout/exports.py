"""What grades an assignment elsewhere: an autograder for Gradescope, a workflow, an image.

Each has the wheel of this package and the course in use, so that nothing else has to be found. The
course is what its course.toml needs, and no other file of its folder.
"""

from importlib.resources import files as resources
from pathlib import Path

from checker.course import code
from checker.course import course as courses
from checker.course.assignment import PICTURE, SOLUTION
from checker.handout.wheel import wheel
from checker.handout.zip_file import packed

Files = dict[str, bytes]  # by their paths
EXECUTABLE = ("setup.sh", "run_autograder")


def gradescope(assignment: str, seed: int) -> bytes:
    """The zip of an autograder. `seed` is that of the fresh cases, the same for all students."""
    name, data = wheel()
    words = {"ASSIGNMENT": assignment, "SEED": str(seed)}
    files = {path: _filled(path, words) for path in EXECUTABLE} | {name: data} | _course()
    return packed(files, EXECUTABLE)


def github(assignment: str) -> Files:
    """For the template repository of GitHub Classroom, and for the bundle of Classroom 50.

    Students see both, so they have no solution of an author.
    """
    name, data = wheel()
    course = {path: file for path, file in _course().items() if not path.endswith(f"/{SOLUTION}")}
    beside = {name: data} | course
    words = {"ASSIGNMENT": assignment}
    places = ("template/.github/check/", "classroom50/")
    return {
        "template/.github/workflows/classroom.yml": _filled("classroom.yml", words),
        "classroom50/autograder.py": _filled("autograder.py", words),
        **{place + path: file for place in places for path, file in beside.items()},
    }


def docker(assignment: str) -> Files:
    """A Dockerfile and what it copies."""
    name, data = wheel()
    words = {"ASSIGNMENT": assignment, "WHEEL": name}
    return {"Dockerfile": _filled("Dockerfile", words), name: data} | _course()


def _filled(template: str, words: dict[str, str]) -> bytes:
    text = (resources("checker.handout") / "templates" / template).read_text(encoding="utf-8")
    for key, word in words.items():
        text = text.replace(f"@{key}@", word)
    return text.encode()


def _course() -> Files:
    """The files of the course in use. The assignments of the shipped one are in the wheel."""
    course = courses.current()
    paths = [course.folder / courses.FILE]
    if course.folder != courses.SHIPPED:
        own = [path for path in course.folders.values() if path.parent == course.folder]
        paths += [folder / name for folder in own for name in ("assignment.toml", SOLUTION)]
        in_code = [course.folder / part for part in code.PARTS]
        for folder in [*in_code, *(folder / code.MUTANTS for folder in own)]:
            paths += [path for path in sorted(folder.rglob("*")) if "__pycache__" not in path.parts]
        changes = course.declared.get("change", {}).values()
        texts = [course.folder / change["text"] for change in changes if "text" in change]
        for text in filter(Path.is_file, [*texts, *(folder / "task.md" for folder in own)]):
            pictures = PICTURE.findall(text.read_text(encoding="utf-8"))
            paths += [text, *(text.parent / name for name in pictures)]
    return {
        f"course/{path.relative_to(course.folder).as_posix()}": path.read_bytes()
        for path in dict.fromkeys(paths)
        if path.is_file()
    }
