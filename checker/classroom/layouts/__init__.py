"""Layouts: the forms in which learning platforms export a class. Each module recognises one.

A layout takes a folder and returns its submissions, or None if the folder is of another kind. It
does not read the submissions. `plain` is tried last and accepts any folder that is not clearly one
submission.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from checker.classroom.class_list import ClassSubmission, distinct
from checker.classroom.layouts import (
    canvas,
    github,
    gradescope,
    moodle,
    nbgrader,
    one_submission,
    plain,
)
from checker.course.assignment import Assignment
from checker.grading import archive, files
from checker.grading.files import Folder, IntakeError
from checker.sandbox.endings import LARGEST_FILES
from checker.sandbox.plain_text import clean

ONE = "one submission"
OF_PLATFORM = re.compile(r"assignment_[0-9]+_export|.+-submissions|submissions")
Layout = Callable[[Folder, Assignment], list[ClassSubmission] | None]
LAYOUTS: dict[str, Layout] = {
    "Gradescope export": gradescope.submissions,
    "Canvas download": canvas.submissions,
    "Moodle download": moodle.submissions,
    "nbgrader course": nbgrader.submissions,
    "classroom repositories": github.submissions,
}


def read(
    path: Path, assignment: Assignment, out: Path | None = None, *, one: bool = False
) -> tuple[str, list[ClassSubmission]]:
    """The name of the layout and the submissions. Raises IntakeError if there are none.

    If the output folder `out` lies among the submissions, it is none of them. With `one`, all that
    the path has is one submission.
    """
    if path.is_dir():
        export = files.walk(path)
        if out is not None and out.resolve().parent == path.resolve():
            export.folders.pop(out.name, None)
        if one:
            return ONE, distinct([one_submission.of_folder(export)])
    elif one or (path.suffix.lower() in LARGEST_FILES and path.is_file()):
        return ONE, distinct([one_submission.read(path)])
    elif path.suffix.lower() == ".zip" and path.is_file():
        export = archive.of_class(path)
    else:
        raise IntakeError(f"{path} is not a folder of submissions, nor a .zip of one.")
    for folder, doubtful in _nested(export):
        for name, layout in LAYOUTS.items():
            submissions = layout(folder, assignment)
            if submissions:
                _refuse(path, doubtful)
                return name, distinct(submissions)
    folder = plain.unwrapped(export) if path.is_file() else export
    if one_submission.clear(folder, assignment, (path / ".git").exists()):
        return ONE, distinct([one_submission.of_folder(folder)])
    _refuse(path, next(doubtful for inner, doubtful in _nested(export) if inner is folder))
    submissions = plain.submissions(folder, assignment)
    if not submissions:
        raise IntakeError(f"{path} holds no .py file, no .ipynb notebook and no folder.")
    return "folder", distinct(submissions)


def _nested(export: Folder) -> Iterator[tuple[Folder, Folder | None]]:
    """Yield the folder, then the only folder inside it, and so on: zips often add such a level.

    With each comes the outermost one around it, or itself, that may be the folder of one student.
    """
    doubtful = None
    yield export, doubtful
    while len(export.folders) == 1 and not export.files:
        (inner,) = export.folders.values()
        doubtful = doubtful or (None if _wraps(export, inner) else inner)
        yield inner, doubtful
        export = inner


def _wraps(outer: Folder, inner: Folder) -> bool:
    """Whether the outer folder only comes from packing: `hw1.zip` and `hw1 (2).zip` hold `hw1`."""
    rest = outer.name.casefold().removeprefix(inner.name.casefold())
    same = rest != outer.name.casefold() and not rest[:1].isalnum()
    return same or bool(OF_PLATFORM.fullmatch(inner.name))


def _refuse(path: Path, doubtful: Folder | None) -> None:
    """Raise IntakeError if what a student has named would be taken for names of students."""
    if doubtful is None:
        return
    unpacked = "" if path.is_dir() else "unpack it and "
    raise IntakeError(
        f"{path} holds nothing but the folder {clean(doubtful.name)}, which may be the class, or "
        f"one student. If it is the class, {unpacked}name that folder instead. If it is one "
        "student, add --one. Nothing was graded."
    )
