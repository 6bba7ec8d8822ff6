"""What Canvas gives for "Download submissions": one flat folder, everything in the file's name.

    lovelaceada_LATE_4821_99173_backprop.py
    name, late mark, number of the student, number of the upload, name of the file

Anonymous grading has `anon_aB3xY` for name and number. Text typed into a form ends in `_text.html`.
"""

import re
from dataclasses import dataclass, field

from checker.assignment import Assignment
from checker.classroom.folder import File, Folder
from checker.classroom.handin import Handin, Person

WHO = r"(?:(?P<name>(?!LATE_|anon_)\w+?)_)?(?P<late>LATE_)?(?:(?P<id>\d+)|(?P<anon>anon_\w+?))"
UPLOAD = re.compile(WHO + r"_(?P<upload>\d+)_(?P<file>.+)", re.DOTALL)
TYPED = re.compile(WHO + r"_(?P<file>text|link)\.html")
AGAIN = re.compile(r"-\d+(?=\.\w+$)")  # backprop-1.py is another upload of backprop.py


@dataclass
class _Student:
    name: str
    late: bool = False
    newest: dict[str, tuple[int, File]] = field(default_factory=dict)
    uploads: int = 0

    def add(self, name: str, upload: int, file: File) -> None:
        same = AGAIN.sub("", name)
        if upload >= self.newest.get(same, (0, file))[0]:
            self.newest[same] = upload, _called(file, same)


def handins(room: Folder, assignment: Assignment) -> list[Handin] | None:
    matches = [
        (UPLOAD.fullmatch(name) or TYPED.fullmatch(name), file) for name, file in room.files.items()
    ]
    if room.folders or not matches or not all(match for match, _ in matches):
        return None
    students: dict[str, _Student] = {}
    for match, file in matches:
        assert match is not None
        parts = match.groupdict()
        who = parts["id"] or parts["anon"]
        student = students.setdefault(who, _Student(parts["name"] or who))
        student.late |= parts["late"] is not None
        student.add(parts["file"], int(parts.get("upload") or 0), file)
    return [
        Handin(
            name=student.name,
            files=tuple(file for _, file in student.newest.values()),
            people=(Person(who, student.name),),
            late=student.late,
            origin=who,
        )
        for who, student in students.items()
    ]


def _called(file: File, name: str) -> File:
    return File(name, file.size, file.opened, file.problem)
