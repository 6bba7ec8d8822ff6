"""Grades and feedback for Moodle: its grading worksheet filled in, and a zip of feedback files.

Moodle imports the worksheet only in the form that it exported, in the language of the teacher. So
only the cells with grade and feedback are changed. The zip needs no worksheet, because the names in
it identify the students.
"""

import io
import re
import zipfile

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports.formats import Files, FormatError, Options, feedback
from checker.reports.formats.csv import cell
from checker.reports.sheet import Sheet

PARTICIPANT = re.compile(r"\D*(\d+)\s*")
GRADE_COLUMNS = {"Grade", "Bewertung", "Betyg", "Note", "Calificación", "Beoordeling", "Cijfer"}
GRADE_COLUMNS |= {"Karakter", "Valutazione", "Nota", "Arvosana", "Vurdering", "Ocena"}
COMMENT_COLUMNS = {"Feedback comments", "Feedback als Kommentar", "Återkopplingskommentarer"}
NOT_CHANGEABLE = {"No", "Nein", "Nej", "Non", "Nee", "Ei"}
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same grades make the same zip


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    row_of = {row.submission.people[0].id: row for row in rows if row.submission.people}
    output = {"moodle-feedback.zip": _zipped(rows)}
    if options.gradebook is not None:
        sheet = Sheet(options.gradebook)
        output["moodle.csv"] = _filled_worksheet(sheet, assignment, row_of, options.column)
    return output


def _filled_worksheet(
    sheet: Sheet, assignment: Assignment, row_of: dict[str, ClassRow], wanted: str | None
) -> bytes:
    header = [name.strip() for name in sheet.rows[0]]
    grade = _column(header, {wanted} if wanted else GRADE_COLUMNS)
    if grade is None:
        shown = ", ".join(map(repr, header))
        raise FormatError(f"the grade column is not clear. Choose one with --column NAME: {shown}.")
    comments = _column(header, COMMENT_COLUMNS)
    for i, cells in enumerate(sheet.rows[1:], 1):
        match = PARTICIPANT.fullmatch(cells[0])
        row = row_of.get(match[1]) if match else None
        if row is None or not row.submission.files or len(cells) <= grade + 1:
            continue
        if len(cells) > grade + 2 and cells[grade + 2] in NOT_CHANGEABLE:
            continue
        sheet.set(i, grade, _score(row, cells[grade + 1], assignment))
        if comments is not None and comments < len(cells):
            sheet.set(i, comments, cell(feedback.in_short(row.report)))
    return sheet.encoded()


def _column(header: list[str], names: set[str]) -> int | None:
    return next((i for i, name in enumerate(header) if name in names), None)


def _score(row: ClassRow, highest: str, assignment: Assignment) -> str:
    """The score in Moodle's points, with the decimal mark of the worksheet."""
    try:
        scale = float(highest.replace(",", ".")) / assignment.points
    except ValueError:
        scale = 1.0
    text = f"{row.report.score * scale:.2f}"
    return text.replace(".", ",") if "," in highest else text


def _zipped(rows: list[ClassRow]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in rows:
            if row.submission.origin.endswith("_assignsubmission_file"):
                name = zipfile.ZipInfo(f"{row.submission.origin}/feedback.html", ZIP_DATE)
                archive.writestr(name, feedback.page(row.report))
    return data.getvalue()
