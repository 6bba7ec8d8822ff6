"""Find the file that a student wants to be graded, and read its bytes. It is not parsed here."""

import stat
from collections.abc import Iterable
from pathlib import Path

from checker.course.assignment import Assignment
from checker.grading import siblings
from checker.grading.choose_file import LARGEST_FILES, named
from checker.grading.files import File, IntakeError
from checker.grading.session import Submission


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
            limit = LARGEST_FILES[suffix] // 2**20
            raise IntakeError(f"{path} has {status.st_size // 2**20} MiB; {limit} MiB are allowed.")
        data = path.read_bytes()
        others = siblings.importable(siblings.mentioned(path, data), File(path.name))
        return Submission(name or path.name, path.name, data, others)
    except FileNotFoundError as error:
        raise IntakeError(f"there is no file {path}.") from error
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}.") from error


def find(assignment: Assignment, folder: Path, usage: str = "") -> Path:
    """The one file in a folder that has functions of the assignment, or its name.

    Raises IntakeError if there is none, or more than one. `usage` is the command that names a file
    instead, for the message.
    """
    usage = usage or f"check {assignment.name} FILE"
    wanted = {task.function for task in assignment.tasks}
    matching = [
        path
        for path in _candidates(folder)
        if path.stem == assignment.name or _defines_any(path, wanted)
    ]
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


def _candidates(folder: Path) -> Iterable[Path]:
    return [
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in LARGEST_FILES and _visible(path)
    ]


def _visible(path: Path) -> bool:
    return not path.name.startswith((".", "__"))


def _defines_any(path: Path, wanted: set[str]) -> bool:
    try:
        with path.open("rb") as file:
            data = file.read(max(LARGEST_FILES.values()))
        return bool(named(path.name, data, wanted)[0])
    except OSError:
        return False
