"""Gradescope's "Export submissions": folders named submission_N, and a table of their submitters.

The folder of a group has several submitters. A folder may be missing from the table, and a student
in the table may have no folder; both are kept in the class.
"""

import re

from checker.classroom.class_list import ClassSubmission, Person, titled
from checker.classroom.keys import GRADESCOPE_SID, Key, email
from checker.classroom.layouts.ruby_table import Entry, entries
from checker.course.assignment import Assignment
from checker.grading.choose_file import worth_a_look
from checker.grading.files import File, Folder, IntakeError

METADATA_FILE = "submission_metadata.yml"
SUBMISSION_FOLDER = re.compile(r"submission_[0-9]+")
LARGEST_METADATA = 512 * 2**20  # it has every result ever shown to a student


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    numbered = [name for name in export.folders if SUBMISSION_FOLDER.fullmatch(name)]
    if METADATA_FILE not in export.files and (not numbered or len(numbered) < len(export.folders)):
        return None
    table = _table(export.files[METADATA_FILE]) if METADATA_FILE in export.files else {}
    others = [file for name, file in export.files.items() if name not in table]
    if any(map(worth_a_look, others)):
        return None  # files of students, and the table may be one of them
    files = {name: tuple(folder.everything()) for name, folder in export.folders.items()}
    files |= {name: (file,) for name, file in export.files.items() if name in table}
    names = [*files, *(name for name in table if name not in files)]
    return [_submission(name, files.get(name, ()), table.get(name)) for name in names]


def _submission(name: str, files: tuple[File, ...], entry: Entry | None) -> ClassSubmission:
    if entry is None:
        return ClassSubmission(name, files, origin=name)
    people = tuple(_person(fields) for fields in entry.submitters)
    return ClassSubmission(
        name=titled(people, name),
        files=files,
        people=people,
        group=name if len(people) > 1 else "",
        submitted=entry.created_at,
        earlier=entry.earlier,
        origin=name,
    )


def _person(fields: dict[str, str]) -> Person:
    sid, address = fields.get("sid", ""), fields.get("email", "")
    sids = (Key(GRADESCOPE_SID, sid),) if sid else ()
    return Person(fields.get("name", ""), (*sids, *([email(address)] if address else [])))


def _table(file: File) -> dict[str, Entry]:
    try:
        text = file.read(LARGEST_METADATA).decode("utf-8-sig", "replace")
    except IntakeError:
        return {}
    return entries(text)
