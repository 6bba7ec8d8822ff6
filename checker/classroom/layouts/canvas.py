"""Canvas's "Download submissions": one flat folder in which each file name says whose it is.

    lovelaceada_LATE_4821_99173_backprop.py
    name, late mark, number of the student, number of the upload, name of the file

With anonymous grading, `anon_aB3xY` replaces the name and the number. Text that was typed into a
form ends in `_text.html`.

A name may end in `_12` and a file may be called `12_backprop.py`, so a file name can have two
readings. The second one counts for nothing if no upload of this class has such a number. Otherwise
nothing tells whose file it is.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from checker.classroom.class_list import ClassSubmission, Person
from checker.classroom.keys import CANVAS_ANONYMOUS, CANVAS_ID, Key
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder, IntakeError
from checker.sandbox.plain_text import clean

NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ANONYMOUS = re.compile(
    r"(LATE_)?(anon_[A-Za-z0-9]+)_(?:([1-9][0-9]{0,17})_(.+)|(?:text|link)\.html)", re.DOTALL
)
TYPED_TEXT = {"text.html", "link.html"}
UPLOAD_COUNT = re.compile(r"-[0-9]+(?=\.\w+\Z)")  # backprop-1.py is another upload of backprop.py
SIMILAR = 10  # numbers of uploads of one class differ by less than this factor


@dataclass(frozen=True)
class Reading:
    """What the name of an entry says. `upload` is 0 for text that was typed into a form."""

    name: str
    key: Key
    late: bool
    upload: int
    file: str

    def __str__(self) -> str:
        return f"{clean(self.file)!r} of student {self.key.value} ({clean(self.name)})"


@dataclass
class _Student:
    reading: Reading  # of the first file
    entry: str
    late: bool = False
    newest: dict[str, tuple[int, File]] = field(default_factory=dict)  # by name: upload, file

    def add(self, reading: Reading, file: File) -> None:
        """Keep a file if it is the newest upload of its name."""
        self.late |= reading.late
        original = UPLOAD_COUNT.sub("", reading.file)
        if reading.upload >= self.newest.get(original, (0, file))[0]:
            self.newest[original] = reading.upload, replace(file, name=original)


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    if export.folders or not export.files:
        return None
    found = {entry: list(readings(entry)) for entry in export.files}
    if not all(found.values()):
        return None
    students: dict[Key, _Student] = {}
    for entry, reading in _decided(found).items():
        student = students.setdefault(reading.key, _Student(reading, entry))
        if student.reading.name != reading.name:
            raise IntakeError(
                f"{clean(student.entry)} and {clean(entry)} have the number of one student but "
                "the names of two. Remove one of them. Nothing was graded."
            )
        student.add(reading, export.files[entry])
    return [
        ClassSubmission(
            name=student.reading.name or key.value,
            files=tuple(file for _, file in student.newest.values()),
            people=(Person(student.reading.name, (key,)),),
            late=student.late,
            origin=key.value,
            returned_as=_returned_as(student),
        )
        for key, student in students.items()
    ]


def _returned_as(student: _Student) -> str:
    """Canvas finds a student again by the numbers of the student and of one of the uploads."""
    upload = max((number for number, _ in student.newest.values()), default=0)
    reading = student.reading
    named = reading.key.space == CANVAS_ID and upload
    return f"{reading.name}_{reading.key.value}_{upload}_feedback.html" if named else ""


def readings(entry: str) -> Iterator[Reading]:
    """The ways to read the name of an entry, the shortest name first."""
    named = list(_named(entry.split("_")))
    yield from named
    anonymous = ANONYMOUS.fullmatch(entry)
    if anonymous and not named:
        late, number, upload, file = anonymous.groups()
        key = Key(CANVAS_ANONYMOUS, number)
        yield Reading(number, key, bool(late), int(upload or 0), file or entry)


def _named(parts: list[str]) -> Iterator[Reading]:
    """Canvas removes the underscores around a number inside a name, and writes it in lower case."""
    for i in range(1, len(parts) - 1):
        late = i > 1 and parts[i - 1] == "LATE"
        if parts[0] == "LATE" or (not late and i > 2 and NUMBER.fullmatch(parts[i - 2])):
            return
        if NUMBER.fullmatch(parts[i]):
            name, who = "_".join(parts[: i - late]), Key(CANVAS_ID, parts[i])
            upload, file = parts[i + 1], "_".join(parts[i + 2 :])
            if upload in TYPED_TEXT and not file:
                yield Reading(name, who, late, 0, upload)
            elif NUMBER.fullmatch(upload) and file:
                yield Reading(name, who, late, int(upload), file)
        if late:
            return


def _decided(found: dict[str, list[Reading]]) -> dict[str, Reading]:
    """The one reading of each entry. Raises IntakeError if an entry has two that may be right."""
    firsts = [first.upload for first, *_ in found.values() if first.upload]
    certain = [first.upload for first, *others in found.values() if first.upload and not others]
    lowest, highest = min(certain or firsts, default=0), max(certain, default=math.inf)
    decided = {}
    for entry, (first, *others) in found.items():
        for other in others:
            if not other.upload or lowest / SIMILAR <= other.upload <= highest * SIMILAR:
                raise IntakeError(
                    f"{clean(entry)} can be read in two ways: {first}, or {other}. "
                    "Rename the file so that only one is left. Nothing was graded."
                )
        decided[entry] = first
    return decided
