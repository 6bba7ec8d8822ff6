"""Grades for the Canvas gradebook: one column, with students matched by their Canvas ids.

If the exported gradebook is given, its column is filled in. Otherwise a new table is made from what
is known of the students. Students who submitted nothing are left out, because an empty cell would
erase a grade.
"""

import csv
import io

from checker.classroom.class_list import ClassRow, Person
from checker.classroom.gradebook import Gradebook
from checker.classroom.gradebooks.canvas import POINTS_ROW
from checker.classroom.keys import (
    CANVAS_ID,
    EMAIL,
    GRADESCOPE_SID,
    NBGRADER_STUDENT,
    ROSTER_IDENTIFIER,
)
from checker.classroom.sheet import cell
from checker.course.assignment import Assignment
from checker.reports.formats import Files, Options

COLUMNS = {  # of a new table: the keys that may stand there, the best first
    "ID": (CANVAS_ID,),
    "SIS User ID": (GRADESCOPE_SID,),
    "SIS Login ID": (EMAIL, NBGRADER_STUDENT, ROSTER_IDENTIFIER),
}


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    done = [row for row in rows if row.graded]
    if options.gradebook is not None and options.gradebook.platform == "canvas":
        yield "canvas.csv", [_filled_gradebook(options.gradebook, assignment, done)]
    else:
        yield "canvas.csv", [_new_table(assignment, done).encode()]


def _new_table(assignment: Assignment, rows: list[ClassRow]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["Student", *COLUMNS, "Section", cell(assignment.title)])
    table.writerow([f"    {POINTS_ROW}", "", "", "", "", f"{assignment.maximum:g}"])
    for row in rows:
        for person in row.submission.people or (Person(row.submission.name),):
            value = {key.space: key.value for key in person.keys}
            known = [
                next((value[space] for space in spaces if space in value), "")
                for spaces in COLUMNS.values()
            ]
            name = person.name or row.submission.name
            table.writerow([*map(cell, (name, *known)), "", f"{round(row.report.score, 2):g}"])
    return text.getvalue()


def _filled_gradebook(book: Gradebook, assignment: Assignment, rows: list[ClassRow]) -> bytes:
    sheet, score_of = book.sheet, {row.submission.name: row.report.score for row in rows}
    kept = [0]
    for i, cells in enumerate(sheet.rows[1:], 1):
        score = score_of.get(book.submission_of.get(i, ""))
        if score is not None:
            scaled = score * book.students[i].maximum / assignment.maximum
            sheet.set(i, book.column, f"{round(scaled, 2):g}")
        if score is not None or POINTS_ROW in cells[0]:
            kept.append(i)
    sheet.keep(kept, [*range(sheet.rows[0].index("Section") + 1), book.column])
    return sheet.encoded()
