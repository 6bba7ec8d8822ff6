"""Each assignment was solved once from its text alone, and the solution gets full marks."""

from pathlib import Path

import pytest

from checker import assignment, bank
from checker.grading import Submission, grade

SOLUTIONS = sorted((Path(__file__).parent / "course").glob("[0-9][0-9]_*.py"))


@pytest.mark.parametrize("path", SOLUTIONS, ids=[path.stem for path in SOLUTIONS])
def test_a_solution_written_from_the_text_gets_full_marks(path):
    course = assignment.read(assignment.FOLDER / path.stem)
    report = grade(course, bank.load(course), Submission("student", path.name, path.read_bytes()))
    assert [(task.name, task.verdict) for task in report.tasks if task.verdict != "right"] == []
    assert report.score == report.max_score == course.points
