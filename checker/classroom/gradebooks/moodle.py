"""The grading worksheet of Moodle. Its columns are named in the language of the teacher.

The number of a participant is that of one assignment only. In the worksheet of another assignment
it is another student, and in a download of teams it is that of a team.
"""

import re

from checker.classroom.gradebook import BookRow, Gradebook
from checker.classroom.keys import MOODLE_PARTICIPANT, Key, email
from checker.classroom.sheet import Sheet, SheetError
from checker.course.assignment import Assignment
from checker.sandbox.plain_text import clean

PARTICIPANT = re.compile(r"\D+([0-9]+)\s*")
NAME_COLUMNS = {"Full name", "Vollständiger Name", "Fullständigt namn", "Nom complet", "Fulde navn"}
NAME_COLUMNS |= {"Nombre completo", "Volledige naam", "Nome completo", "Koko nimi", "Fullt navn"}
EMAIL_COLUMNS = {"Email address", "E-Mail-Adresse", "E-postadress", "E-mailadres", "E-mailadresse"}
EMAIL_COLUMNS |= {"Adresse de courriel", "Dirección de correo", "Indirizzo email"}
GRADE_COLUMNS = {"Grade", "Bewertung", "Betyg", "Note", "Calificación", "Beoordeling", "Cijfer"}
GRADE_COLUMNS |= {"Karakter", "Valutazione", "Nota", "Arvosana", "Vurdering", "Ocena"}
NOT_CHANGEABLE = {"No", "Nein", "Nej", "Non", "Nee", "Ei"}


def gradebook(sheet: Sheet, assignment: Assignment, wanted: str | None) -> Gradebook | None:
    numbers = {i: PARTICIPANT.fullmatch(cells[0]) for i, cells in enumerate(sheet.rows) if i}
    if not any(numbers.values()):
        return None
    header = [name.strip() for name in sheet.rows[0]]
    column = column_of(header, {wanted} if wanted else GRADE_COLUMNS)
    if column is None:
        shown = ", ".join(repr(clean(name)) for name in header)
        raise SheetError(
            f"{sheet.name}: the column of the grade is not clear. "
            f"Choose one with --column NAME: {shown}."
        )
    name, address = column_of(header, NAME_COLUMNS), column_of(header, EMAIL_COLUMNS)
    students = {}
    for i, number in numbers.items():
        if number:
            cells = sheet.rows[i]
            keys = {Key(MOODLE_PARTICIPANT, number[1])}
            if "@" in _cell(cells, address):
                keys.add(email(_cell(cells, address)))
            locked = _cell(cells, column + 2) in NOT_CHANGEABLE
            maximum = _maximum(sheet, i, column + 1)
            students[i] = BookRow(frozenset(keys), _cell(cells, name), maximum, locked)
    return Gradebook("moodle", sheet, column, students)


def column_of(header: list[str], names: set[str]) -> int | None:
    return next((i for i, name in enumerate(header) if name in names), None)


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _maximum(sheet: Sheet, row: int, column: int) -> float:
    """The highest points of a row. Raises SheetError if they are given by a scale of words."""
    text = _cell(sheet.rows[row], column)
    try:
        maximum = float(text.replace(",", "."))
    except ValueError:
        maximum = 0.0
    if not 0 < maximum < float("inf"):
        raise SheetError(
            f"{sheet.name}, line {sheet.lines()[row]}: the maximum grade is {clean(text)!r}. "
            "Set the type of the grade to points in Moodle, and export the worksheet again."
        )
    return maximum
