"""A folder: each file that may be a submission is one hand-in, and so is each folder."""

from collections import Counter

from checker.assignment import Assignment
from checker.classroom.choose import holds_work, worth_a_look
from checker.classroom.folder import File, Folder
from checker.classroom.handin import Handin


def handins(room: Folder, assignment: Assignment) -> list[Handin]:
    files = [
        file for file in room.files.values() if worth_a_look(file) or holds_work(assignment, file)
    ]
    stems = Counter([*map(_stem, files), *room.folders])
    found = [
        Handin(_stem(file) if stems[_stem(file)] == 1 else file.name, (file,), origin=file.name)
        for file in files
    ]
    return found + [
        Handin(name, tuple(folder.everything()), origin=name)
        for name, folder in room.folders.items()
    ]


def unwrapped(room: Folder) -> Folder:
    """A zip of the folder `class` has `class` in it: a folder that holds several hand-ins."""
    while len(room.folders) == 1 and not room.files:
        (inner,) = room.folders.values()
        likely = [file for file in inner.files.values() if worth_a_look(file)]
        if len(likely) == 1 or (not likely and not inner.folders):
            break
        room = inner
    return room


def _stem(file: File) -> str:
    return file.name[: -len(file.suffix)] if file.suffix else file.name
