"""`check show` draws what an experiment shows beside what the reference shows."""

from pathlib import Path

import numpy as np
import pytest

from checker.cases import generation
from checker.course.assignment import Assignment, find
from checker.grading.submission import Submission
from checker.student.calls import asking
from checker.student.figures import picture

SOLUTIONS = Path(__file__).parents[1] / "solutions"


def drawn(course, function, source):
    task = next(task for task in find(course).tasks if task.function == function)
    found = Assignment("it", Path(), "It", 3.0, (task,))
    with asking(found, Submission("it", "it.py", source), {}) as (there, ask):
        return picture(found, task, {function: generation.generate(task)}, there, ask)


@pytest.mark.parametrize(
    ("course", "function", "panels"),
    [("training", "learn", 1), ("selection", "keep_the_best", 2), ("selection", "choose_decay", 1)],
)
def test_curves_of_different_lengths_are_drawn_together(course, function, panels):
    (path,) = SOLUTIONS.glob(f"*_{course}.py")
    axes = drawn(course, function, path.read_bytes()).axes
    assert len(axes) == panels
    for each in axes:
        lines = {line.get_label(): np.asarray(line.get_ydata()) for line in each.lines}
        assert all(np.ptp(lines[name][np.isfinite(lines[name])]) > 0 for name in ("right", "yours"))


def test_a_classifier_is_drawn_as_a_border():
    (path,) = SOLUTIONS.glob("*_training.py")
    (axes,) = drawn("training", "predict", path.read_bytes()).axes
    assert len(axes.collections) == 3  # the sides, the right border, and yours


def test_results_that_show_nothing_leave_the_right_curve_alone():
    (axes,) = drawn("training", "learn", b"def learn(x, y, seed):\n    return 1.0\n").axes
    lines = {line.get_label(): np.asarray(line.get_ydata()) for line in axes.lines}
    assert np.isfinite(lines["right"]).all()
    assert np.isnan(lines["yours"]).all()
