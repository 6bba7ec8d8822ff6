"""Gradescope's "Export submissions": submission_N/ folders, and a table of who made them.

A group is several submitters of one folder. A folder may be missing from the table, and a student
of the table may have no folder: both stay in the class.
"""

import re

from checker.assignment import Assignment
from checker.classroom.folder import File, Folder, IntakeError
from checker.classroom.handin import Handin, Person, titled
from checker.classroom.layouts.ruby_table import Entry, entries

TABLE = "submission_metadata.yml"
FOLDER = re.compile(r"submission_\d+")
LARGEST_TABLE = 512 * 2**20  # it holds every result ever shown to a student


def handins(room: Folder, assignment: Assignment) -> list[Handin] | None:
    numbered = [name for name in room.folders if FOLDER.fullmatch(name)]
    if TABLE not in room.files and (not numbered or len(numbered) < len(room.folders)):
        return None
    table = _table(room.files[TABLE]) if TABLE in room.files else {}
    loose = {name: (file,) for name, file in room.files.items() if name in table}
    found = {name: tuple(folder.everything()) for name, folder in room.folders.items()} | loose
    names = [*found, *(name for name in table if name not in found)]
    return [_handin(name, found.get(name, ()), table.get(name)) for name in names]


def _handin(name: str, files: tuple[File, ...], entry: Entry | None) -> Handin:
    if entry is None:
        return Handin(name, files, origin=name)
    people = tuple(
        Person(who.get("sid") or who.get("email", ""), who.get("name", ""), who.get("email", ""))
        for who in entry.submitters
    )
    return Handin(
        name=titled(people, name),
        files=files,
        people=people,
        group=name if len(people) > 1 else "",
        submitted=entry.created_at,
        earlier=entry.earlier,
        origin=name,
    )


def _table(file: File) -> dict[str, Entry]:
    try:
        text = file.read(LARGEST_TABLE).decode("utf-8-sig", "replace")
    except IntakeError:
        return {}
    return entries(text)
