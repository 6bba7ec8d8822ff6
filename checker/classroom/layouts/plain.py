"""A plain folder: each file that looks like a submission is one, and so is each folder.

Tests, `setup.py` and the like are none, unless they have functions of the assignment.
"""

from collections import Counter

from checker.classroom.class_list import ClassSubmission
from checker.classroom.layouts.one_submission import of_no_student
from checker.course.assignment import Assignment
from checker.grading.choose_file import holds_work, worth_a_look
from checker.grading.files import File, Folder


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission]:
    files = [
        file
        for file in export.files.values()
        if (worth_a_look(file) or holds_work(assignment, file))
        and not of_no_student(assignment, file)
    ]
    folders = {
        name: folder
        for name, folder in export.folders.items()
        if not of_no_student(assignment, folder)
    }
    stems = Counter([*map(_stem, files), *folders])
    of_files = [
        ClassSubmission(
            _stem(file) if stems[_stem(file)] == 1 else file.name, (file,), origin=file.name
        )
        for file in files
    ]
    return of_files + [
        ClassSubmission(name, tuple(folder.everything()), origin=name)
        for name, folder in folders.items()
    ]


def unwrapped(export: Folder) -> Folder:
    """The folder with the submissions: a zip of the folder `class` has only `class` in it."""
    while len(export.folders) == 1 and not export.files:
        (inner,) = export.folders.values()
        likely = [file for file in inner.files.values() if worth_a_look(file)]
        if len(likely) == 1 or (not likely and not inner.folders):
            break
        export = inner
    return export


def _stem(file: File) -> str:
    return file.name[: -len(file.suffix)] if file.suffix else file.name
