"""A course of nbgrader: submitted/STUDENT/ASSIGNMENT/notebook.ipynb, with a timestamp.txt."""

from checker.assignment import Assignment
from checker.classroom.folder import File, Folder, IntakeError
from checker.classroom.handin import Handin, Person
from checker.text import clean

STAMP = "timestamp.txt"


def handins(room: Folder, assignment: Assignment) -> list[Handin] | None:
    submitted = room if room.name == "submitted" else room.folders.get("submitted")
    if submitted is None or submitted.files:
        return None
    found = [_handin(name, each, assignment) for name, each in submitted.folders.items()]
    return found or None


def _handin(student: str, folder: Folder, assignment: Assignment) -> Handin:
    """Of several assignments the one named like ours; else any, and what is in it decides."""
    ours = [f for name, f in folder.folders.items() if name.casefold() == assignment.name]
    files = tuple((ours[0] if ours else folder).everything())
    stamps = [file for file in files if file.name == STAMP]
    return Handin(
        name=student,
        files=tuple(file for file in files if file.name != STAMP),
        people=(Person(student),),
        submitted=_line(stamps[0]) if len(stamps) == 1 else "",
        origin=student,
    )


def _line(file: File) -> str:
    try:
        return clean(file.read(1000).decode("utf-8", "replace"))
    except IntakeError:
        return ""
