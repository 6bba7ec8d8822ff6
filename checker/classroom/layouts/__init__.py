"""The ways a class comes out of a learning platform: one file for each, recognised by themselves.

A layout looks at a folder and gives its hand-ins, or None where the folder is not of its kind. It
reads no submission. `plain` comes last and takes any folder.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from checker.assignment import Assignment
from checker.classroom import archive, folder
from checker.classroom.folder import Folder, IntakeError
from checker.classroom.handin import Handin, distinct
from checker.classroom.layouts import canvas, classroom, gradescope, moodle, nbgrader, plain

Layout = Callable[[Folder, Assignment], list[Handin] | None]
LAYOUTS: dict[str, Layout] = {
    "Gradescope export": gradescope.handins,
    "Canvas download": canvas.handins,
    "Moodle download": moodle.handins,
    "nbgrader course": nbgrader.handins,
    "classroom repositories": classroom.handins,
}


def read(path: Path, assignment: Assignment) -> tuple[str, list[Handin]]:
    """The name of the layout, and who handed in what. Raises IntakeError where there is nobody."""
    if path.is_dir():
        room = folder.walk(path)
    elif path.suffix.lower() == ".zip" and path.is_file():
        room = archive.of_class(path)
    else:
        raise IntakeError(f"{path} is not a folder of submissions, nor a .zip of one.")
    for each in _wrapped(room):
        for name, layout in LAYOUTS.items():
            found = layout(each, assignment)
            if found:
                return name, distinct(found)
    found = plain.handins(plain.unwrapped(room) if path.is_file() else room, assignment)
    if not found:
        raise IntakeError(f"{path} holds no .py file, no .ipynb notebook and no folder.")
    return "folder", distinct(found)


def _wrapped(room: Folder) -> Iterator[Folder]:
    """The folder, and the one inside it where it holds nothing else: zips often wrap once more."""
    yield room
    while len(room.folders) == 1 and not room.files:
        (room,) = room.folders.values()
        yield room
