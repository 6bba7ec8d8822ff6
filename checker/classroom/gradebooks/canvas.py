"""The gradebook of Canvas, exported as CSV. One column is filled in.

Gradescope takes its `sid` from the same place as Canvas its SIS User ID. Logins of GitHub are
chosen by students, so they are no key here.
"""

import math
import re

from checker.classroom.gradebook import BookRow, Gradebook
from checker.classroom.keys import (
    CANVAS_ID,
    EMAIL,
    GRADESCOPE_SID,
    NBGRADER_STUDENT,
    ROSTER_IDENTIFIER,
    Key,
    email,
)
from checker.classroom.sheet import Sheet, SheetError
from checker.course.assignment import Assignment
from checker.sandbox.plain_text import clean

SPACES = {  # of the keys in each column
    "ID": (CANVAS_ID,),
    "SIS User ID": (GRADESCOPE_SID, ROSTER_IDENTIFIER),
    "SIS Login ID": (NBGRADER_STUDENT, ROSTER_IDENTIFIER),
}
KNOWN = {EMAIL, *(space for spaces in SPACES.values() for space in spaces)}
TOTAL_COLUMNS = re.compile(
    r"(Current|Final|Unposted|Override)\b.*(Score|Points|Grade)\b|Override|Notes"
)
POINTS_ROW = "Points Possible"


def gradebook(sheet: Sheet, assignment: Assignment, wanted: str | None) -> Gradebook | None:
    header = sheet.rows[0]
    if len(header) < 4 or "Student" not in header[0] or "Section" not in header:
        return None
    column = _column(sheet, assignment, wanted)
    maximum = _maximum(sheet, column, assignment)
    students = {}
    for i, cells in enumerate(sheet.rows[1:], 1):
        keys = frozenset(_keys(dict(zip(header, cells, strict=False))))
        if keys and POINTS_ROW not in cells[0]:
            students[i] = BookRow(keys, cells[0], maximum)
    return Gradebook("canvas", sheet, column, students)


def _keys(cells: dict[str, str]) -> list[Key]:
    values = [
        (space, cells.get(name, "").strip()) for name, spaces in SPACES.items() for space in spaces
    ]
    login = cells.get("SIS Login ID", "")
    return [Key(*pair) for pair in values if pair[1]] + ([email(login)] if "@" in login else [])


def _column(sheet: Sheet, assignment: Assignment, wanted: str | None) -> int:
    """The column to fill: `wanted`, else the one named like the assignment, else the only one.

    Raises SheetError if that does not select exactly one column.
    """
    header = sheet.rows[0]
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
    shown = ", ".join(repr(clean(header[i])) for i in candidates) or "none"
    raise SheetError(
        f"{sheet.name}: the column is not clear. Choose one with --column NAME: {shown}."
    )


def _without_id(header: str) -> str:
    return re.sub(r" \([0-9]+\)\Z", "", header)


def _maximum(sheet: Sheet, column: int, assignment: Assignment) -> float:
    """What Canvas counts for the assignment, or our own points if it does not say."""
    for cells in sheet.rows[1:4]:
        if POINTS_ROW in cells[0] and column < len(cells):
            try:
                maximum = float(cells[column].replace(",", "."))
            except ValueError:
                break
            if 0 < maximum < math.inf:
                return maximum
            raise SheetError(
                f"{sheet.name}: the column {clean(sheet.rows[0][column])!r} has a maximum of "
                f"{maximum:g} points. Set the points of the assignment in Canvas."
            )
    return assignment.maximum
