"""Gradebooks: the tables of learning platforms that can be filled in. Each module reads one."""

from collections.abc import Callable

from checker.classroom.gradebook import Gradebook
from checker.classroom.gradebooks import canvas, moodle
from checker.classroom.sheet import Sheet, SheetError
from checker.course.assignment import Assignment

Reader = Callable[[Sheet, Assignment, str | None], Gradebook | None]
READERS: tuple[Reader, ...] = (canvas.gradebook, moodle.gradebook)


def read(data: bytes, name: str, assignment: Assignment, column: str | None) -> Gradebook:
    """The gradebook in a file. `column` is the title of the column to fill in, if it is not clear.

    Raises SheetError if the file is none, or the column cannot be told.
    """
    sheet = Sheet(data, name)
    for reader in READERS:
        book = reader(sheet, assignment, column)
        if book is not None:
            return book
    raise SheetError(
        f"{name} is no gradebook of Canvas, which has columns Student and Section, and no grading "
        "worksheet of Moodle, in which rows begin with Participant 123."
    )
