"""Finding the one file a student means, and reading it as bytes: nothing here looks inside."""

import stat
from collections.abc import Iterable
from pathlib import Path

from checker.assignment import Assignment
from checker.classroom.choose import LARGEST
from checker.classroom.folder import IntakeError
from checker.session import Submission


def read(path: Path, name: str | None = None) -> Submission:
    """Raises IntakeError for what is no file, no Python, or too large."""
    try:
        known = path.stat()
        if path.is_dir():
            raise IntakeError(f"{path} is a folder. Name the file in it, or use `check grade`.")
        if not stat.S_ISREG(known.st_mode):
            raise IntakeError(f"{path} is not an ordinary file.")
        if path.suffix not in LARGEST:
            raise IntakeError(f"{path} is neither a .py file nor a .ipynb notebook.")
        if known.st_size > LARGEST[path.suffix]:
            most = LARGEST[path.suffix] // 2**20
            raise IntakeError(f"{path} has {known.st_size // 2**20} MiB; {most} MiB are allowed.")
        return Submission(name or path.name, path.name, path.read_bytes())
    except FileNotFoundError as error:
        raise IntakeError(f"there is no file {path}.") from error
    except OSError as error:
        raise IntakeError(f"{path} cannot be read: {error.strerror}.") from error


def find(assignment: Assignment, folder: Path) -> Path:
    """The one file in a folder that holds functions of the assignment, or bears its name.

    Raises IntakeError where there is none, or more than one.
    """
    marks = [f"def {task.function}(".encode() for task in assignment.tasks]
    found = [
        path for path in _candidates(folder) if path.stem == assignment.name or _any(path, marks)
    ]
    if not found:
        raise IntakeError(
            f"no file here has a function of {assignment.name!r}. "
            f"`check start {assignment.name}` makes one; or name yours: "
            f"check {assignment.name} FILE."
        )
    if len(found) > 1:
        several = " and ".join(path.name for path in found[:5])
        raise IntakeError(f"{several} could both be meant: check {assignment.name} FILE.")
    return found[0]


def _candidates(folder: Path) -> Iterable[Path]:
    return [path for path in sorted(folder.iterdir()) if path.suffix in LARGEST and _visible(path)]


def _visible(path: Path) -> bool:
    return not path.name.startswith((".", "__"))


def _any(path: Path, marks: list[bytes]) -> bool:
    try:
        data = read(path).data
    except IntakeError:
        return False
    return any(mark in data for mark in marks)
