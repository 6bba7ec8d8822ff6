"""The file to grade, as the note in a hand-in says: `check submit` packs a file with its modules.

Otherwise the file with the most functions is graded, which may be a module that the file imports.
"""

import re
from dataclasses import replace

from checker.grading.submission import Opened

NOTE = "checked.txt"
FIRST_LINE = re.compile(rb"(\w{1,100}): the file to grade is ([^\r\n]{1,255})\r?(?:\n|\Z)")


def first_line(assignment: str, filename: str) -> str:
    """The first line of the note."""
    return f"{assignment}: the file to grade is {filename}"


def declared(note: bytes) -> tuple[str, str]:
    """The names of the assignment and of the file to grade; empty if this is no such note."""
    match = FIRST_LINE.match(note)
    return (match[1].decode(), match[2].decode(errors="replace")) if match else ("", "")


def preferred(assignment: str, files: list[Opened]) -> list[Opened]:
    """The files, so that one that a note declares is chosen and not a module beside it.

    What the modules define counts as its own. The note itself is left out.
    """
    places = {(file.folder, file.name): file for file in files}
    for note in files:
        name, filename = declared(note.data or b"") if note.name == NOTE else ("", "")
        main = places.get((note.folder, filename))
        if main is None or name != assignment:
            continue
        modules = {
            place: replace(file, defined=frozenset(), imported=frozenset())
            for place, file in places.items()
            if file.suffix == ".py" and file.folder.startswith(note.folder) and file is not main
        }
        defined = main.defined.union(*(places[place].defined for place in modules))
        changed = {**modules, (main.folder, main.name): replace(main, defined=defined)}
        rest = [file for file in files if file is not note]
        return [changed.get((file.folder, file.name), file) for file in rest]
    return files
