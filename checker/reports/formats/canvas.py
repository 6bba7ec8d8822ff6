"""Grades for the Canvas gradebook: one column, with students matched by their Canvas ids.

If the exported gradebook is given, its column is filled in. Otherwise a new table is made from what
is known of the students. Students who submitted nothing are left out, because an empty cell would
erase a grade.
"""

import csv
import io
import re

from checker.classroom.class_list import ClassRow, Person
from checker.course.assignment import Assignment
from checker.reports.formats import Files, FormatError, Options
from checker.reports.formats.csv import cell
from checker.reports.sheet import Sheet

ID_COLUMNS = ("ID", "SIS User ID", "SIS Login ID")  # the most reliable first
TOTAL_COLUMNS = re.compile(
    r"(Current|Final|Unposted|Override)\b.*(Score|Points|Grade)\b|Override|Notes"
)
POINTS_ROW = "Points Possible"


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    done = [row for row in rows if row.submission.files]
    if options.gradebook is None:
        return {"canvas.csv": _new_table(assignment, done).encode()}
    sheet = Sheet(options.gradebook)
    return {"canvas.csv": _filled_gradebook(sheet, assignment, done, options.column)}


def _new_table(assignment: Assignment, rows: list[ClassRow]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment.title])
    table.writerow([f"    {POINTS_ROW}", "", "", "", "", f"{assignment.points:g}"])
    for row in rows:
        for person in row.submission.people or (Person(name=row.submission.name),):
            number, login = (person.id, "") if person.id.isdecimal() else ("", person.id)
            known = [person.name or row.submission.name, number, "", login or person.email, ""]
            table.writerow([*map(cell, known), f"{row.report.score:.4g}"])
    return text.getvalue()


def _filled_gradebook(
    sheet: Sheet, assignment: Assignment, rows: list[ClassRow], wanted: str | None
) -> bytes:
    header = sheet.rows[0]
    if len(header) < 4 or "Student" not in header[0] or "Section" not in header:
        raise FormatError("the gradebook is not from Canvas: it has no columns Student and Section")
    column = _column(header, assignment, wanted)
    scale = _scale(sheet, column, assignment)
    score_of = {
        name: row.report.score
        for row in rows
        for person in row.submission.people
        for name in (person.id, person.email)
        if name
    }
    id_columns = [header.index(name) for name in ID_COLUMNS if name in header]
    kept = [0]
    for i, cells in enumerate(sheet.rows[1:], 1):
        scores = [score_of[cells[p]] for p in id_columns if p < len(cells) and cells[p] in score_of]
        if scores:
            sheet.set(i, column, f"{round(scores[0] * scale, 2):g}")
        if scores or POINTS_ROW in cells[0]:
            kept.append(i)
    sheet.keep(kept)
    sheet.keep_columns([*range(header.index("Section") + 1), column])
    return sheet.encoded()


def _column(header: list[str], assignment: Assignment, wanted: str | None) -> int:
    """The column to fill: `wanted`, else the one named like the assignment, else the only one.

    Raises FormatError if that does not select exactly one column.
    """
    after = range(header.index("Section") + 1, len(header))
    candidates = [i for i in after if header[i].strip() and not TOTAL_COLUMNS.match(header[i])]
    names = (assignment.name.casefold(), assignment.title.casefold())
    for matching in (
        [i for i in candidates if wanted and wanted in (header[i], _without_id(header[i]))],
        [] if wanted else [i for i in candidates if _without_id(header[i]).casefold() in names],
        [] if wanted else candidates,
    ):
        if len(matching) == 1:
            return matching[0]
    shown = ", ".join(repr(header[i]) for i in candidates) or "none"
    raise FormatError(f"the gradebook column is not clear. Choose one with --column NAME: {shown}.")


def _without_id(header: str) -> str:
    return re.sub(r" \(\d+\)$", "", header)


def _scale(sheet: Sheet, column: int, assignment: Assignment) -> float:
    """Canvas points divided by our points, because Canvas may count an assignment differently."""
    for cells in sheet.rows[1:4]:
        if POINTS_ROW in cells[0] and column < len(cells):
            try:
                return float(cells[column].replace(",", ".")) / assignment.points
            except ValueError:
                break
    return 1.0
