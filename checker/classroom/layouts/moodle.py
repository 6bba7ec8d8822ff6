"""Moodle's "Download all submissions".

    Ada Lovelace_123_assignsubmission_file/backprop.py        a folder for each student
    Ada Lovelace_123_assignsubmission_file_backprop.py        or in one flat folder
    Ada Lovelace_123_assignsubmission_onlinetext/...html      text typed into a form

123 is the number of the participant, or of the group of a team. Hidden names are Participant_123.
"""

import re

from checker.classroom.class_list import ClassSubmission, Person
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder

ENTRY_NAME = re.compile(
    r"(?P<name>[^_]*)(?:_.*)?_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)",
    re.DOTALL,
)


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    files_of: dict[tuple[str, str], list[File]] = {}
    for name, folder in export.folders.items():
        match = ENTRY_NAME.fullmatch(name)
        if not match:
            return None
        files_of.setdefault((match["id"], match["name"]), []).extend(folder.everything())
    for name, file in export.files.items():
        match = ENTRY_NAME.fullmatch(name)
        if not match:
            return None
        rest = match["rest"] or file.name
        shown = File(rest, file.size, file.opened, file.problem)
        files_of.setdefault((match["id"], match["name"]), []).append(shown)
    return [
        ClassSubmission(
            name=name or number,
            files=tuple(files),
            people=(Person(number, name),),
            origin=f"{name}_{number}_assignsubmission_file",
        )
        for (number, name), files in files_of.items()
    ]
