"""Codes instead of names. Which student has which code stands in a table of the teacher, apart.

    code,student,identifiers
    S-7K2QX9,Ada Lovelace,Canvas id 4821

A student who is in the table keeps the code in every run and in every assignment.
"""

import csv
import io
import secrets
from dataclasses import replace
from pathlib import Path

from checker.classroom.class_list import ClassSubmission
from checker.classroom.keys import OF_ONE_ASSIGNMENT
from checker.classroom.sheet import Sheet, SheetError, cell

HEADER = ["code", "student", "identifiers"]
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none looks like another
LENGTH = 6
BETWEEN = " | "


def coded(submissions: list[ClassSubmission], path: Path) -> list[ClassSubmission]:
    """The submissions under their codes. New students are added to the table.

    Raises SheetError if the table has no clear meaning.
    """
    rows = _rows(path)
    code_of: dict[str, str] = {}
    for code, _, identifiers in rows:
        for each in identifiers.split(BETWEEN):
            if code_of.setdefault(each, code) != code:
                raise SheetError(f"{path}: {each} has two codes. Remove one. Nothing was graded.")
    used, made = set(code_of.values()), []
    for submission in submissions:
        own = _identifiers(submission)
        codes = {code_of[each] for each in own if each in code_of}
        if len(codes) > 1:
            raise SheetError(
                f"{path}: {submission.name} may be {' or '.join(codes)}. Nothing was graded."
            )
        code = next(iter(codes), "") or _new(used)
        used.add(code)
        if not codes:
            rows.append([code, cell(submission.name), BETWEEN.join(own)])
        made.append(_renamed(submission, code))
    _write(path, rows)
    return sorted(made, key=lambda each: each.name)


def _identifiers(submission: ClassSubmission) -> list[str]:
    """What a student is known by beyond one assignment. A group is known by all members."""
    keys = [
        str(key)
        for person in submission.people
        for key in person.keys
        if key.space not in OF_ONE_ASSIGNMENT
    ]
    if len(submission.people) > 1:
        keys = ["group " + ", ".join(sorted(keys))]
    # A student may have chosen the name of a file, but not where the next identifier begins.
    return [cell(key).replace("|", "/") for key in keys or [f"name {submission.name}"]]


def _renamed(submission: ClassSubmission, code: str) -> ClassSubmission:
    """The submission without what names its students, but for what stands in its files."""
    files = submission.files
    if len(files) == 1:
        files = (replace(files[0], name=f"{code}{files[0].suffix}", folder=""),)
    return replace(
        submission, name=code, people=(), group="", origin=code, returned_as="", files=files
    )


def _new(used: set[str]) -> str:
    while True:
        code = "S-" + "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if code not in used:
            return code


def _rows(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    header, *rows = Sheet(path.read_bytes(), str(path)).rows
    if header != HEADER or any(len(row) != len(HEADER) for row in rows):
        raise SheetError(f"{path} is no table of codes: its columns are {', '.join(HEADER)}.")
    return rows


def _write(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *rows])
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text.getvalue(), encoding="utf-8", errors="replace")
    unfinished.replace(path)
