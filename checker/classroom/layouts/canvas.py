"""Canvas's "Download submissions": one flat folder in which each file name says whose it is.

    lovelaceada_LATE_4821_99173_backprop.py
    name, late mark, number of the student, number of the upload, name of the file

With anonymous grading, `anon_aB3xY` replaces the name and the number. Text that was typed into a
form ends in `_text.html`.
"""

import re
from dataclasses import dataclass, field

from checker.classroom.class_list import ClassSubmission, Person
from checker.course.assignment import Assignment
from checker.grading.files import File, Folder

STUDENT = r"(?:(?P<name>(?!LATE_|anon_)\w+?)_)?(?P<late>LATE_)?(?:(?P<id>\d+)|(?P<anon>anon_\w+?))"
UPLOAD = re.compile(STUDENT + r"_(?P<upload>\d+)_(?P<file>.+)", re.DOTALL)
TYPED_TEXT = re.compile(STUDENT + r"_(?P<file>text|link)\.html")
UPLOAD_COUNT = re.compile(r"-\d+(?=\.\w+$)")  # backprop-1.py is another upload of backprop.py


@dataclass
class _Student:
    name: str
    late: bool = False
    newest: dict[str, tuple[int, File]] = field(default_factory=dict)  # by name: upload, file
    uploads: int = 0

    def add(self, name: str, upload: int, file: File) -> None:
        """Keep a file if it is the newest upload of its name."""
        original = UPLOAD_COUNT.sub("", name)
        if upload >= self.newest.get(original, (0, file))[0]:
            self.newest[original] = upload, _renamed(file, original)


def submissions(export: Folder, assignment: Assignment) -> list[ClassSubmission] | None:
    matches = [
        (UPLOAD.fullmatch(name) or TYPED_TEXT.fullmatch(name), file)
        for name, file in export.files.items()
    ]
    if export.folders or not matches or not all(match for match, _ in matches):
        return None
    students: dict[str, _Student] = {}
    for match, file in matches:
        assert match is not None
        parts = match.groupdict()
        number = parts["id"] or parts["anon"]
        student = students.setdefault(number, _Student(parts["name"] or number))
        student.late |= parts["late"] is not None
        student.add(parts["file"], int(parts.get("upload") or 0), file)
    return [
        ClassSubmission(
            name=student.name,
            files=tuple(file for _, file in student.newest.values()),
            people=(Person(number, student.name),),
            late=student.late,
            origin=number,
        )
        for number, student in students.items()
    ]


def _renamed(file: File, name: str) -> File:
    return File(name, file.size, file.opened, file.problem)
