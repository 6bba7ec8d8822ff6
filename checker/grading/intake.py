"""Find the file that a student wants to be graded, and read its bytes. It is not parsed here."""

import stat
from pathlib import Path

from checker.course import assignment as assignments
from checker.course.assignment import Assignment
from checker.grading import siblings
from checker.grading.submission import Opened, Submission
from checker.sandbox import code_text
from checker.sandbox.endings import LARGEST_FILES
from checker.sandbox.folder import IntakeError, too_large


def read(path: Path, name: str | None = None) -> Submission:
    """Read a submission. Raises IntakeError if it is no Python file or notebook, or too large."""
    try:
        status = path.stat()
        if path.is_dir():
            raise IntakeError(f"{path} is a folder. Name the file in it, or use `check grade`.")
        if not stat.S_ISREG(status.st_mode):
            raise IntakeError(f"{path} is not an ordinary file.")
        suffix = path.suffix.lower()
        if suffix not in LARGEST_FILES:
            raise IntakeError(f"{path} is neither a .py file nor a .ipynb notebook.")
        if status.st_size > LARGEST_FILES[suffix]:
            raise IntakeError(too_large(f"{path}", status.st_size, LARGEST_FILES[suffix]))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILES[suffix])
        others = siblings.importable(siblings.mentioned(path, data), Opened(path.name))
        return Submission(name or path.name, path.name, data, others)
    except FileNotFoundError as error:
        raise IntakeError(f"there is no file {path}.") from error
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}.") from error


def find(assignment: Assignment, folder: Path, usage: str = "") -> Path:
    """The file in a folder that is named after the assignment, or the one with functions of it.

    A file that is named after another assignment is never meant. Raises IntakeError if there is no
    such file, or more than one. `usage` is the command that names a file instead, for the message.
    """
    usage = usage or f"check {assignment.name} FILE"
    beside = _candidates(folder)
    if named_so := [path for path in beside if path.stem.lower() == assignment.name]:
        return min(named_so, key=lambda p: (p.stem != assignment.name, p.suffix.lower() != ".py"))
    wanted = set(assignment.names)
    others = assignments.names()
    matching = [p for p in beside if p.stem not in others and _defines_any(p, wanted)]
    if not matching:
        raise IntakeError(
            f"no file here has a function of {assignment.name!r}. "
            f"Create one with `check start {assignment.name}`, or name your file: "
            f"{usage}."
        )
    if len(matching) > 1:
        several = " and ".join(path.name for path in matching[:5])
        raise IntakeError(f"{several} could each be the file to check. Name one of them: {usage}.")
    return matching[0]


def _candidates(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in LARGEST_FILES and _visible(path) and path.is_file()
    ]


def _visible(path: Path) -> bool:
    return not path.name.startswith((".", "__"))


def _defines_any(path: Path, wanted: set[str]) -> bool:
    try:
        with path.open("rb") as file:
            data = file.read(max(LARGEST_FILES.values()))
        return bool(code_text.names(path.name, data)[0] & wanted)
    except OSError:
        return False
