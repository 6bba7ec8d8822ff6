"""The console sessions in the pages: run for the tests, and written again by `python sessions.py`.

The sessions of a page run one after another in one new folder. A code block with a caption is a
file of that folder; of a Python file that is there already it replaces the functions. What else
lies in the folder, a submission of each student, is listed here.
"""

import ast
import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "tests" / "sample_class"
BLOCK = re.compile(
    r"^```console\n(?P<session>.*?)^```$"
    r"|^```\{code-block\} \w+\n:caption: (?P<file>\S+)\n\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
BARS = re.compile(
    r"(?m)^(Grading|Verifying|Making the cases, once)\n"
)  # only a terminal shows more

# The submissions in the folder of a page, each a copy of a file of the sample class.
SUBMISSIONS: dict[str, dict[str, str]] = {
    "index.md": {"dense.py": "wrong_mean_instead_of_sum.py"},
    "instructors/index.md": {
        "class/ada.py": "right.py",
        "class/ben.ipynb": "right_notebook.ipynb",
        "class/cleo/backprop.py": "half_done.py",
        "class/dan.py": "hangs.py",
        "class/eve.py": "wrong_mean_instead_of_sum.py",
        "class/finn.py": "wrong_mean_instead_of_sum.py",
    },
    "instructors/marks.md": {
        "class/ada.py": "right.py",
        "class/ben.py": "half_done.py",
        "class/cleo.py": "wrong_mean_instead_of_sum.py",
    },
    "instructors/gradescope.md": {
        "export/submission_101/backprop.py": "right.py",
        "export/submission_102/my_solution.py": "wrong_sign.py",
        "export/submission_103/backprop.py": "half_done.py",
    },
    "instructors/anywhere.md": {
        "repository/src/backprop.py": "wrong_sign.py",
        "repository/tests/test_dense.py": "python_2.py",
    },
    "instructors/canvas.md": {
        "submissions/lovelaceada_4821_99173_backprop.py": "wrong_sign.py",
        "submissions/lovelaceada_4821_99180_backprop-1.py": "right.py",
        "submissions/turingalan_LATE_4822_99174_solution.py": "half_done.py",
        "submissions/hoppergrace_4823_99175_backprop.py": "wrong_shapes.py",
    },
    "instructors/moodle.md": {
        "submissions/Ada Lovelace_123_assignsubmission_file/backprop.py": "right.py",
        "submissions/Alan Turing_124_assignsubmission_file/solution.py": "half_done.py",
        "submissions/Grace Hopper_125_assignsubmission_file/backprop.py": "wrong_shapes.py",
    },
    "instructors/nbgrader.md": {
        "course/submitted/ada/backprop/backprop.ipynb": "right_notebook.ipynb",
        "course/submitted/alan/backprop/backprop.ipynb": "right_notebook.ipynb",
        "course/submitted/grace/backprop/backprop.py": "half_done.py",
    },
    "instructors/github_classroom.md": {
        "hw1-submissions/hw1-ada/backprop.py": "right.py",
        "hw1-submissions/hw1-team-x/backprop.py": "wrong_sign.py",
        "hw1-submissions/hw1-guest/backprop.py": "half_done.py",
    },
}


def pages() -> dict[str, Path]:
    """The pages that somebody wrote, by their names."""
    found = [*HERE.glob("*.md"), *HERE.glob("instructors/*.md")]
    return {path.relative_to(HERE).as_posix(): path for path in sorted(found)}


def played(name: str, text: str, folder: Path) -> str:
    """The text of a page with what its commands print in this folder, which is empty."""
    for path, sample in SUBMISSIONS.get(name, {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((SAMPLES / sample).read_bytes())

    def block(found: re.Match[str]) -> str:
        if found["file"]:
            _put(folder / found["file"], found["text"])
            return found[0]
        commands = COMMAND.findall(found["session"])
        shown = "".join(f"$ {words}\n{_printed(words, folder)}" for words in commands)
        return f"```console\n{shown}```"

    return BLOCK.sub(block, text)


def _put(path: Path, text: str) -> None:
    """Write a file, or replace functions of the Python file that is there."""
    if path.suffix != ".py" or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    old, new = path.read_text(encoding="utf-8"), _functions(text)
    for name, was in _functions(old).items():
        old = old.replace(was, new.get(name, was))
    path.write_text(old, encoding="utf-8")


def _functions(text: str) -> dict[str, str]:
    """The source of each function, by its name."""
    found = [each for each in ast.parse(text).body if isinstance(each, ast.FunctionDef)]
    return {each.name: ast.get_source_segment(text, each) or "" for each in found}


def _printed(words: str, folder: Path) -> str:
    """`check` runs in this process, where its modules are loaded already."""
    if words.split()[0] == "check":
        from checker.commands.program import course

        for size in ("COLUMNS", "LINES"):  # readline sets them: a page has no bottom
            os.environ.pop(size, None)
        with contextlib.chdir(folder):
            text = CliRunner().invoke(course, shlex.split(words)[1:]).output
        return BARS.sub("", text)
    done = subprocess.run(
        words,
        shell=True,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C"},  # so that names are sorted the same way everywhere
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def main() -> None:
    """Write what the commands print into the pages, or into those that are named."""
    sys.path.insert(0, str(HERE.parent))
    os.environ["XDG_CACHE_HOME"] = str(HERE.parent / "build" / "cache")
    for name, path in pages().items():
        text = path.read_text(encoding="utf-8")
        if "```console" in text and (name in sys.argv[1:] or not sys.argv[1:]):
            with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
                os.environ["XDG_DATA_HOME"] = data
                path.write_text(played(name, text, Path(folder)), encoding="utf-8")
                print(f"{path} written.")


if __name__ == "__main__":
    main()
