"""A student sees the verdict on hidden cases, and a message that is the same for all of them."""

import dataclasses
import json
from functools import cache

import numpy as np
import pytest

from checker.cases import case_cache
from checker.classroom import version
from checker.course.assignment import find
from checker.grading import pipeline
from checker.grading.session import Submission

ONE = dataclasses.replace(
    find("backprop"),
    tasks=(next(t for t in find("backprop").tasks if t.operation == "dense"),),
    seconds=1.0,
    hidden_seed=5,
)
FUNCTION = ONE.tasks[0].function


@cache
def case_sets():
    return case_cache.load(find("backprop")), case_cache.hidden(ONE)


def only_hidden():
    """A number that only one hidden case has, in the first entry of its first argument."""
    shown, hidden = case_sets()
    known = {np.ravel(c.arguments[0])[:1].tobytes() for c in shown[FUNCTION].cases}
    cases = [c.arguments[0] for c in hidden[FUNCTION].cases if np.size(c.arguments[0])]
    return next(float(a.flat[0]) for a in cases if np.ravel(a)[:1].tobytes() not in known)


def graded(on_hidden, right="x @ weight + bias"):
    shown, hidden = case_sets()
    names = ", ".join(shown[FUNCTION].arguments)
    first = shown[FUNCTION].arguments[0]
    code = f"""
import numpy as np

def {FUNCTION}({names}):
    if np.ravel({first})[:1].tolist() == [{only_hidden()!r}]:
        {on_hidden}
    return {right}
"""
    submission = Submission("", "x.py", code.encode())
    return pipeline.grade(ONE, shown, submission, hidden=hidden)


SECRET = "the input was 42"


def test_right_answers_in_another_shape_are_asked_hidden_cases_too():
    right = "np.squeeze(x @ weight + bias) if len(x) == len(weight.T) == 1 else x @ weight + bias"
    assert graded("pass", right).tasks[0].verdict == "right"
    task = graded("return x @ weight - bias + 1", right).tasks[0]
    assert (task.verdict, task.score, task.message) == ("wrong", 0, pipeline.HIDDEN)


@pytest.mark.parametrize(
    ("on_hidden", "verdict"),
    [
        ("pass", "right"),
        ("return x @ weight - bias + 1", "wrong"),
        (f"raise ValueError('{SECRET}')", "crashed"),
        ("import os; os._exit(0)", "crashed"),
        ("while True: pass", "timed out"),
        ("return None", "crashed"),
        ("y = x @ weight + bias; x[...] = 0; return y", "mutates its input"),
    ],
)
def test_a_hidden_case_decides_and_shows_nothing(on_hidden, verdict):
    report = graded(on_hidden)
    (task,) = report.tasks
    assert task.verdict in (verdict, "wrong" if verdict == "crashed" else verdict)
    assert task.score == (task.max_score if verdict == "right" else 0)
    assert task.message == ("" if verdict == "right" else pipeline.HIDDEN)
    assert (task.counterexample, task.diagnosis, task.line) == (None, None, None)
    text = json.dumps(dataclasses.asdict(report))
    assert SECRET not in text
    assert repr(only_hidden()) not in text


def test_another_seed_asks_other_cases_and_is_another_grade():
    shown, hidden = case_sets()
    other = case_cache.hidden(dataclasses.replace(ONE, hidden_seed=6))
    arguments = [
        {repr(case.arguments) for case in each[FUNCTION].cases} for each in (hidden, other)
    ]
    assert len(arguments[0] - arguments[1]) > len(arguments[0]) / 2
    assert len({version.of(ONE, shown, each) for each in (hidden, other, {})}) == 3


def test_without_a_seed_nothing_is_hidden():
    assert case_cache.hidden(find("backprop")) == {}
