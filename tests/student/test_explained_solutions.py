"""A solution is shown to who has solved the task, where the assignment allows it."""

from dataclasses import replace
from pathlib import Path

import pytest

from checker.course import assignment
from checker.student import next_step, solutions

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()


def test_a_solution_is_shown_once_the_task_is_right(check):
    refused = check("explain", "dense_backward", "--solution")
    assert refused.exit_code == 1
    assert refused.output == (
        "The solution of dense_backward is shown once `check backprop` gives it full\nmarks.\n"
    )
    Path("backprop.py").write_text(RIGHT)
    check("backprop", "--task", "dense_backward")
    shown = check("explain", "dense_backward", "--solution")
    assert shown.exit_code == 0
    assert "dL/db = sum_n g_n" in shown.output
    assert "def dense_backward(grad, x, weight, bias):" in shown.output
    assert max(map(len, shown.output.splitlines())) < 80


def test_a_solution_does_not_tell_the_derivative_that_another_task_asks_for(check):
    Path("backprop.py").write_text(RIGHT)
    check("backprop", "--task", "dense")
    shown = check("explain", "dense", "--solution").output
    assert "def dense(x, weight, bias):" in shown
    assert "y = x W + b" in shown
    assert "dL/d" not in shown


def test_an_assignment_may_keep_its_solutions(check, monkeypatch):
    Path("backprop.py").write_text(RIGHT)
    assert "--solution" in check("backprop").output
    find = assignment.find
    monkeypatch.setattr(assignment, "find", lambda name: replace(find(name), solution="never"))
    keeping = assignment.find("backprop")
    assert "--solution" not in next_step.words(keeping, Path("backprop.py"), ())
    refused = check("explain", "dense", "--solution")
    assert refused.output == "The solutions of backprop are not shown.\n"
    assert refused.exit_code == 1


def test_an_unknown_task_is_wrong_usage(check):
    done = check("explain", "nothing", "--solution")
    assert done.exit_code == 2
    with pytest.raises(LookupError):
        solutions.page(("nothing",), Path(), 80)
