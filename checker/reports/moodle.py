"""Grades and feedback for Moodle: its own grading worksheet filled in, and a zip of feedback files.

Moodle takes the worksheet back only as it wrote it, in the language of the teacher: nothing but the
cells of grade and feedback is changed. The zip needs no worksheet: names say whose each file is.
"""

import io
import re
import zipfile

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.reports import feedback
from checker.reports.forms import Files, FormError, Options
from checker.reports.sheet import Sheet
from checker.reports.table import cell

PARTICIPANT = re.compile(r"\D*(\d+)\s*")
GRADE = {"Grade", "Bewertung", "Betyg", "Note", "Calificación", "Beoordeling", "Cijfer", "Karakter"}
GRADE |= {"Valutazione", "Nota", "Arvosana", "Vurdering", "Ocena"}
COMMENTS = {"Feedback comments", "Feedback als Kommentar", "Återkopplingskommentarer"}
LOCKED = {"No", "Nein", "Nej", "Non", "Nee", "Ei"}
WHEN = (1980, 1, 1, 0, 0, 0)  # the same grades make the same zip


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    known = {row.handin.people[0].id: row for row in rows if row.handin.people}
    made = {"moodle-feedback.zip": _zipped(rows)}
    if options.gradebook is not None:
        sheet = Sheet(options.gradebook)
        made["moodle.csv"] = _filled(sheet, assignment, known, options.column)
    return made


def _filled(
    sheet: Sheet, assignment: Assignment, known: dict[str, Row], wanted: str | None
) -> bytes:
    header = [name.strip() for name in sheet.rows[0]]
    grade = _place(header, {wanted} if wanted else GRADE)
    if grade is None:
        shown = ", ".join(map(repr, header))
        raise FormError(f"which column of the worksheet is the grade? --column NAME. {shown}")
    comments = _place(header, COMMENTS)
    for i, cells in enumerate(sheet.rows[1:], 1):
        match = PARTICIPANT.fullmatch(cells[0])
        row = known.get(match[1]) if match else None
        if row is None or not row.handin.files or len(cells) <= grade + 1:
            continue
        if len(cells) > grade + 2 and cells[grade + 2] in LOCKED:
            continue
        sheet.set(i, grade, _score(row, cells[grade + 1], assignment))
        if comments is not None and comments < len(cells):
            sheet.set(i, comments, cell(feedback.in_short(row.report)))
    return sheet.encoded()


def _place(header: list[str], names: set[str]) -> int | None:
    return next((i for i, name in enumerate(header) if name in names), None)


def _score(row: Row, highest: str, assignment: Assignment) -> str:
    """In the points that Moodle counts, with the decimal mark that it uses here."""
    try:
        scale = float(highest.replace(",", ".")) / assignment.points
    except ValueError:
        scale = 1.0
    text = f"{row.report.score * scale:.2f}"
    return text.replace(".", ",") if "," in highest else text


def _zipped(rows: list[Row]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            if row.handin.origin.endswith("_assignsubmission_file"):
                name = zipfile.ZipInfo(f"{row.handin.origin}/feedback.html", WHEN)
                archive.writestr(name, feedback.page(row.report))
    return data.getvalue()
