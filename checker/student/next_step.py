"""What comes after full marks: which files to hand in, and the next assignment of the course."""

import re
from pathlib import Path

from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.student import names, progress

IMPORTED = re.compile(rb"\b(?:from|import)[ \t]+(\w+)")


def words(
    assignment: Assignment, path: Path, beside: dict[str, bytes], only: tuple[str, ...]
) -> str:
    """The sentences for a right file, which may import the files `beside` it.

    If `only` some tasks were graded, they say how to grade all.
    """
    if only:
        return f"Right. `check {assignment.name}` grades all tasks."
    files = " and ".join([path.name, *_imported(path, beside)])
    allowed = assignment.solution != "never"
    more = " `check explain TASK --solution` shows the way of the library." * allowed
    return (
        f"All right. Hand in {files}. `check submit {assignment.name}` packs that.{more} "
        f"{_next(assignment, path.parent)}"
    )


def _imported(path: Path, beside: dict[str, bytes]) -> list[str]:
    """The files that a file imports, also by way of one another."""
    found: list[str] = []
    try:
        new = [path.read_bytes()]
    except OSError:
        return found
    while new:
        modules = {name.decode() for name in IMPORTED.findall(new.pop())}
        for name in sorted(beside.keys() - set(found)):
            if name.removesuffix(".py").partition("/")[0] in modules:
                found.append(name)
                new.append(beside[name])
    return sorted(found)


def _next(assignment: Assignment, folder: Path) -> str:
    course = list(assignments.names())
    known = progress.load(folder)
    for name in course[course.index(assignment.name) + 1 :]:
        following = assignments.find(name)
        if known.earned(following) != following.points:
            here = any((folder / f"{name}{suffix}").exists() for suffix in names.SUFFIXES)
            return f"Next, {following.title}: `check {'' if here else 'start '}{name}`"
    return "It is the last one of the course."
