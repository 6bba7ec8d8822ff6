"""Each assignment, solved once from its text alone, gets full marks."""

from pathlib import Path

import pytest

from checker import assignment, bank
from checker.grading import Submission, grade

SOLUTIONS = sorted((Path(__file__).parent / "course").glob("[0-9][0-9]_*.py"))


@pytest.mark.parametrize("path", SOLUTIONS, ids=[path.stem for path in SOLUTIONS])
def test_what_was_written_from_the_text_gets_full_marks(path):
    course = assignment.find(path.stem[3:])
    report = grade(course, bank.load(course), Submission("", path.name, path.read_bytes()))
    wrong = {task.name: task.message for task in report.tasks if task.verdict != "right"}
    assert wrong == {}
    assert report.score == report.max_score
