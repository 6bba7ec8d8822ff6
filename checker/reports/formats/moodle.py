"""Grades and feedback for Moodle: its grading worksheet filled in, and a zip of feedback files.

Moodle imports the worksheet only in the form that it exported, in the language of the teacher. So
only the cells with grade and feedback are changed, and what the teacher has written there stays:
our own words stand in brackets after it. The zip needs no worksheet, because the names in it
identify the students.
"""

import io
import re
import zipfile

from checker.classroom.class_list import ClassRow
from checker.classroom.gradebook import Gradebook
from checker.classroom.gradebooks.moodle import column_of
from checker.classroom.sheet import cell
from checker.course.assignment import Assignment
from checker.reports.formats import Files, Options, feedback

COMMENT_COLUMNS = {"Feedback comments", "Feedback als Kommentar", "Återkopplingskommentarer"}
OUR_COMMENT = re.compile(r"\s*\[check: [^\[\]]*\]")
MOODLE_FOLDER = "_assignsubmission_file"  # ends the origin of a submission from Moodle
BRACKETS = str.maketrans("[]", "()")


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    folders = [row for row in rows if row.submission.origin.endswith(MOODLE_FOLDER)]
    if folders:
        yield "moodle-feedback.zip", [_zipped(folders)]
    if options.gradebook is not None and options.gradebook.platform == "moodle":
        yield "moodle.csv", [_filled_worksheet(options.gradebook, assignment, rows)]


def _filled_worksheet(book: Gradebook, assignment: Assignment, rows: list[ClassRow]) -> bytes:
    sheet, row_of = book.sheet, {row.submission.name: row for row in rows if row.graded}
    comments = column_of([name.strip() for name in sheet.rows[0]], COMMENT_COLUMNS)
    for i, student in book.students.items():
        row = row_of.get(book.submission_of.get(i, ""))
        if row is None or student.locked:
            continue
        points = f"{row.report.score * student.maximum / assignment.maximum:.2f}"
        cells = sheet.rows[i]
        comma = "," in cells[book.column + 1]
        sheet.set(i, book.column, points.replace(".", ",") if comma else points)
        if comments is not None and comments < len(cells):
            sheet.set(i, comments, with_comment(cells[comments], feedback.in_short(row.report)))
    return sheet.encoded()


def with_comment(old: str, words: str) -> str:
    """The comment of the teacher, followed by ours, which replaces that of an earlier run."""
    ours = f"[check: {cell(words).translate(BRACKETS)}]"
    kept = OUR_COMMENT.sub("", old).rstrip()
    return f"{kept}\n{ours}" if kept else ours


def _zipped(rows: list[ClassRow]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for row in rows:
            path = f"{row.submission.origin}/feedback.html"
            feedback.pack(archive, path, feedback.page(row.report).encode("utf-8", "replace"))
    return data.getvalue()
