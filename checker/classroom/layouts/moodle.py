"""Moodle's "Download all submissions".

    Ada Lovelace_123_assignsubmission_file/backprop.py        a folder for each student
    Ada Lovelace_123_assignsubmission_file_backprop.py        or in one flat folder
    Ada Lovelace_123_assignsubmission_onlinetext/...html      text typed into a form

123 is the number of the participant, or of the group of a team. Hidden names are Participant_123.
Moodle writes the underscores of a name as spaces, and what a student has named comes last. So the
first mark in a name is Moodle's own, whatever follows it.
"""

import re
from dataclasses import replace

from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.keys import MOODLE_PARTICIPANT, Key
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder

MARK = re.compile(r"_([0-9]+)_assignsubmission_(?:file|onlinetext)(?:_|\Z)")


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    files_of: dict[tuple[str, str], list[File]] = {}
    for entry, folder in export.folders.items():
        parts = parsed(entry)
        if parts is None:
            return None
        files_of.setdefault(parts[:2], []).extend(folder.everything())
    for entry, file in export.files.items():
        parts = parsed(entry)
        if parts is None:
            return None
        files_of.setdefault(parts[:2], []).append(replace(file, name=parts[2] or entry))
    return [
        ClassSubmission(
            name=name or number,
            files=tuple(files),
            people=(Person(name, (Key(MOODLE_PARTICIPANT, number),)),),
            origin=f"{name}_{number}_assignsubmission_file",
        )
        for (name, number), files in files_of.items()
    ]


def parsed(entry: str) -> tuple[str, str, str] | None:
    """The name, the number and the file of the student in the name of an entry, or None."""
    mark = MARK.search(entry)
    if mark is None:
        return None
    return entry[: mark.start()].partition("_")[0], mark[1], entry[mark.end() :]
