"""An nbgrader course: submitted/STUDENT/ASSIGNMENT/notebook.ipynb, with a timestamp.txt."""

from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.keys import NBGRADER_STUDENT, Key
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder, IntakeError
from checker.sandbox.plain_text import clean

TIMESTAMP = "timestamp.txt"
# What else is in the folder of a course. In a plain class, a student may be called "submitted".
COURSE_FOLDERS = {"source", "release", "autograded", "feedback"}
COURSE_FILES = {"nbgrader_config.py", "gradebook.db"}


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    submitted = export if export.name == "submitted" else export.folders.get("submitted")
    if submitted is None or submitted.files:
        return None
    course = COURSE_FOLDERS & export.folders.keys() or COURSE_FILES & export.files.keys()
    if submitted is not export and len(export.folders) > 1 and not course:
        return None
    submissions = [
        _submission(name, folder, assignment) for name, folder in submitted.folders.items()
    ]
    return submissions or None


def _submission(student: str, folder: Folder, assignment: Assignment) -> ClassSubmission:
    """The files in the folder named like the assignment, or all files if there is none."""
    ours = [f for name, f in folder.folders.items() if name.casefold() == assignment.name]
    ours.sort(key=lambda folder: folder.name != assignment.name)
    files = tuple((ours[0] if ours else folder).everything())
    timestamps = [file for file in files if file.name == TIMESTAMP]
    return ClassSubmission(
        name=student,
        files=tuple(file for file in files if file.name != TIMESTAMP),
        people=(Person(student, (Key(NBGRADER_STUDENT, student),)),),
        submitted=_first_line(timestamps[0]) if len(timestamps) == 1 else "",
        origin=student,
        returned_as=f"feedback/{student}/{assignment.name}",
    )


def _first_line(file: File) -> str:
    try:
        return clean(file.read(1000).decode("utf-8", "replace"))
    except IntakeError:
        return ""
