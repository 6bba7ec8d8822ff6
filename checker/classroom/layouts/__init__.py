"""Layouts: the forms in which learning platforms export a class. Each module recognises one.

A layout takes a folder and returns its submissions, or None if the folder is of another kind. It
does not read the submissions. `plain` is tried last and accepts any folder.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from checker.classroom.class_list import ClassSubmission, distinct
from checker.classroom.layouts import canvas, github, gradescope, moodle, nbgrader, plain
from checker.course.assignment import Assignment
from checker.grading import archive, files
from checker.grading.files import Folder, IntakeError

Layout = Callable[[Folder, Assignment], list[ClassSubmission] | None]
LAYOUTS: dict[str, Layout] = {
    "Gradescope export": gradescope.submissions,
    "Canvas download": canvas.submissions,
    "Moodle download": moodle.submissions,
    "nbgrader course": nbgrader.submissions,
    "classroom repositories": github.submissions,
}


def read(
    path: Path, assignment: Assignment, out: Path | None = None
) -> tuple[str, list[ClassSubmission]]:
    """The name of the layout and the submissions. Raises IntakeError if there are none.

    If the output folder `out` lies among the submissions, it is none of them.
    """
    if path.is_dir():
        export = files.walk(path)
        if out is not None and out.resolve().parent == path.resolve():
            export.folders.pop(out.name, None)
    elif path.suffix.lower() == ".zip" and path.is_file():
        export = archive.of_class(path)
    else:
        raise IntakeError(f"{path} is not a folder of submissions, nor a .zip of one.")
    for folder in _nested(export):
        for name, layout in LAYOUTS.items():
            submissions = layout(folder, assignment)
            if submissions:
                return name, distinct(submissions)
    folder = plain.unwrapped(export) if path.is_file() else export
    submissions = plain.submissions(folder, assignment)
    if not submissions:
        raise IntakeError(f"{path} holds no .py file, no .ipynb notebook and no folder.")
    return "folder", distinct(submissions)


def _nested(export: Folder) -> Iterator[Folder]:
    """Yield the folder, then the only folder inside it, and so on: zips often add such a level."""
    yield export
    while len(export.folders) == 1 and not export.files:
        (export,) = export.folders.values()
        yield export
