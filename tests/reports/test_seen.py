"""Nothing is hidden: prints, warnings and the calls up to an exception stand in the report."""

import os

import click
import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading import pipeline
from checker.grading.submission import Submission
from checker.reports import terminal
from checker.sandbox import observation

SCREEN = os.terminal_size((79, 24))


@pytest.fixture(scope="module")
def report():
    """The report on a submission whose function sgd_step has this body."""
    course = assignment.find("backprop")
    case_sets = case_cache.load(course)

    def graded(body, below=""):
        text = f"import numpy as np\ndef sgd_step(param, grad, learning_rate):\n    {body}\n{below}"
        submission = Submission("sgd.py", "sgd.py", text.encode())
        return pipeline.grade(course, case_sets, submission, only=("sgd_step",), shrink=True)

    return graded


def shown(report, **options):
    return click.unstyle(terminal.one(report, SCREEN, **options))


def test_what_it_prints_is_shown_and_folded_where_it_is_long(report):
    graded = report("for i in range(9): print('step', i)\n    return param")
    page = shown(graded)
    assert "It printed:\n      step 0\n      step 1\n      step 2\n      ... 6 more lines" in page
    assert len(page.split("\n")) < SCREEN.lines
    assert "step 8" in shown(graded, verbose=True)


def test_a_flood_is_cut(report):
    graded = report("print('a' * 10**6)\n    return param")
    (task,) = graded.tasks
    assert len(task.seen["printed"]) == observation.LONGEST_TEXT
    assert task.seen["cut"] == 10**6 + 1 - observation.LONGEST_TEXT
    assert len(shown(graded, verbose=True)) < 3 * observation.LONGEST_TEXT


def test_escape_codes_are_not_obeyed(report):
    page = terminal.one(report("print('\\x1b[2J\\u202eabc')\n    return param"), SCREEN)
    assert "\x1b[2J" not in page
    assert "\u202e" not in page


def test_a_warning_of_numpy_has_its_line(report):
    page = shown(report("y = np.log(-1.0 - np.abs(param))\n    return y"))
    assert "Warning in line 3: invalid value encountered in log" in page


def test_the_calls_up_to_an_exception_are_shown(report):
    graded = report(
        "return inner(param)", "def inner(x):\n    return deeper(x)\ndef deeper(x):\n    1 / 0"
    )
    assert "sgd_step (line 3) calls inner (line 5), which calls deeper (line 7)" in shown(graded)


def test_nothing_to_see_leaves_nothing(report):
    (task,) = report("return param").tasks
    assert task.seen is None
    assert "printed" not in shown(report("return param"))


def test_what_is_right_is_not_observed(report):
    (task,) = report("print('hello')\n    return param - learning_rate * grad").tasks
    assert (task.verdict, task.seen) == ("right", None)
