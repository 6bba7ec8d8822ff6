"""What Moodle gives for "Download all submissions".

    Ada Lovelace_123_assignsubmission_file/backprop.py        a folder for each student
    Ada Lovelace_123_assignsubmission_file_backprop.py        or flat
    Ada Lovelace_123_assignsubmission_onlinetext/...html      text typed into a form

123 numbers the participant (Participant_123 where names are hidden), or the group of a team.
"""

import re

from checker.assignment import Assignment
from checker.classroom.folder import File, Folder
from checker.classroom.handin import Handin, Person

ENTRY = re.compile(
    r"(?P<name>[^_]*)(?:_.*)?_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)",
    re.DOTALL,
)


def handins(room: Folder, assignment: Assignment) -> list[Handin] | None:
    found: dict[tuple[str, str], list[File]] = {}
    for name, folder in room.folders.items():
        match = ENTRY.fullmatch(name)
        if not match:
            return None
        found.setdefault((match["id"], match["name"]), []).extend(folder.everything())
    for name, file in room.files.items():
        match = ENTRY.fullmatch(name)
        if not match:
            return None
        rest = match["rest"] or file.name
        shown = File(rest, file.size, file.opened, file.problem)
        found.setdefault((match["id"], match["name"]), []).append(shown)
    return [
        Handin(
            name=name or who,
            files=tuple(files),
            people=(Person(who, name),),
            origin=f"{name}_{who}_assignsubmission_file",
        )
        for (who, name), files in found.items()
    ]
