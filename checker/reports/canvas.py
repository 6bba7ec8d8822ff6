"""Grades for the gradebook of Canvas: one column, matched by the student's number there.

Given the gradebook that Canvas exported, its own column is filled in. Without it a new one is made,
as well as it can be. Who handed in nothing is left out: an empty cell would erase a grade.
"""

import csv
import io
import re

from checker.assignment import Assignment
from checker.classroom.handin import Person, Row
from checker.reports.forms import Files, FormError, Options
from checker.reports.sheet import Sheet
from checker.reports.table import cell

STUDENT = ("ID", "SIS User ID", "SIS Login ID")  # in the order in which they are believed
TOTALS = re.compile(r"(Current|Final|Unposted|Override)\b.*(Score|Points|Grade)\b|Override|Notes")
POINTS = "Points Possible"


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    done = [row for row in rows if row.handin.files]
    if options.gradebook is None:
        return {"canvas.csv": _fresh(assignment, done).encode()}
    sheet = Sheet(options.gradebook)
    return {"canvas.csv": _filled(sheet, assignment, done, options.column)}


def _fresh(assignment: Assignment, rows: list[Row]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment.title])
    table.writerow([f"    {POINTS}", "", "", "", "", f"{assignment.points:g}"])
    for row in rows:
        for person in row.handin.people or (Person(name=row.handin.name),):
            number, login = (person.id, "") if person.id.isdecimal() else ("", person.id)
            known = [person.name or row.handin.name, number, "", login or person.email, ""]
            table.writerow([*map(cell, known), f"{row.report.score:.4g}"])
    return text.getvalue()


def _filled(sheet: Sheet, assignment: Assignment, rows: list[Row], wanted: str | None) -> bytes:
    header = sheet.rows[0]
    if len(header) < 4 or "Student" not in header[0] or "Section" not in header:
        raise FormError("the gradebook is not one of Canvas: it has no columns Student and Section")
    column = _column(header, assignment, wanted)
    scale = _scale(sheet, column, assignment)
    score = {
        name: row.report.score
        for row in rows
        for person in row.handin.people
        for name in (person.id, person.email)
        if name
    }
    places = [header.index(name) for name in STUDENT if name in header]
    kept = [0]
    for i, cells in enumerate(sheet.rows[1:], 1):
        found = [score[cells[p]] for p in places if p < len(cells) and cells[p] in score]
        if found:
            sheet.set(i, column, f"{round(found[0] * scale, 2):g}")
        if found or POINTS in cells[0]:
            kept.append(i)
    sheet.keep(kept)
    sheet.keep_columns([*range(header.index("Section") + 1), column])
    return sheet.encoded()


def _column(header: list[str], assignment: Assignment, wanted: str | None) -> int:
    """The one that is wanted, or is named like the assignment, or is the only one."""
    after = range(header.index("Section") + 1, len(header))
    open_to_us = [i for i in after if header[i].strip() and not TOTALS.match(header[i])]
    names = (assignment.name.casefold(), assignment.title.casefold())
    for right in (
        [i for i in open_to_us if wanted and wanted in (header[i], _untitled(header[i]))],
        [] if wanted else [i for i in open_to_us if _untitled(header[i]).casefold() in names],
        [] if wanted else open_to_us,
    ):
        if len(right) == 1:
            return right[0]
    shown = ", ".join(repr(header[i]) for i in open_to_us) or "none"
    raise FormError(f"which column of the gradebook? --column NAME. There are: {shown}.")


def _untitled(header: str) -> str:
    return re.sub(r" \(\d+\)$", "", header)


def _scale(sheet: Sheet, column: int, assignment: Assignment) -> float:
    """Points there by points here: Canvas may count the assignment higher or lower."""
    for cells in sheet.rows[1:4]:
        if POINTS in cells[0] and column < len(cells):
            try:
                return float(cells[column].replace(",", ".")) / assignment.points
            except ValueError:
                break
    return 1.0
