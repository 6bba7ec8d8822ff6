"""The solution of each assignment, written from its own text alone, gets full marks."""

from pathlib import Path

import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.course.course import SHIPPED
from checker.grading.pipeline import grade
from checker.grading.submission import Submission

SOLUTIONS = sorted((Path(__file__).parents[1] / "solutions").glob("[0-9][0-9]_*.py"))


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_solution_from_the_text_gets_full_marks(path):
    course = assignment.read(SHIPPED / path.stem)
    report = grade(course, case_cache.load(course), Submission("", path.name, path.read_bytes()))
    assert [(t.name, t.verdict, t.message) for t in report.tasks if t.verdict != "right"] == []
    assert report.score == report.max_score
