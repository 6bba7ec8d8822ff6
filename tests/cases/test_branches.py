"""The sides of a decision are recorded when they are reached, and only then."""

import ast

import numpy as np
import pytest

from checker.cases import branches, generation
from checker.cases.forms import configured, form
from checker.course.assignment import find


def sides(code, *calls, others=(), fixed=()):
    """What is recorded when f of this code is called with each of these arguments."""
    recorder = branches.Recorder()
    tree = branches._Decisions(set(others), set(fixed)).visit(ast.parse(code))
    space = {"np": np, branches.RECORDER: recorder}
    exec(compile(ast.fix_missing_locations(tree), "<test>", "exec"), space)
    results = [space["f"](*arguments) for arguments in calls]
    return {side for _, _, side in recorder.take()}, results


@pytest.mark.parametrize(
    ("x", "expected"),
    [(1.0, {"above"}), ([1.0, -1.0], {"above", "below"}), ([0.0], {"equal"}), (np.nan, set())],
)
def test_a_comparison_has_three_sides(x, expected):
    found, (result,) = sides("def f(x): return x > 0", (np.array(x),))
    assert found == expected
    assert np.array_equal(result, np.array(x) > 0)


@pytest.mark.parametrize(("x", "turn"), [(3, 1), (6, 2), (21, 5), (30, 5)])
def test_single_numbers_that_are_equal_are_told_by_when(x, turn):
    code = "def f(x):\n  while x >= 3: x = x - 3 if x > 3 else 0\n  return x"
    found, _ = sides(code, (x,))
    assert f"equal at comparison {turn}" in found
    assert not any(f"equal at comparison {k}" in found for k in range(1, 6) if k != turn)
    assert "equal at comparison 1" not in sides("def f(x): return x > 0", (np.zeros(1),))[0]


def test_a_maximum_and_a_sign_are_comparisons():
    found, (result,) = sides("def f(x): return np.maximum(x, 1)", (np.array([0.0, 1.0]),))
    assert found == {"below", "equal"}
    assert result.tolist() == [1.0, 1.0]
    assert sides("def f(x): return np.sign(x)", (np.array([0.0, 2.0]),))[0] == {"equal", "above"}


@pytest.mark.parametrize(
    "code", ["def f(x): return 1 if x else 2", "def f(x):\n  if x: return 1\n  return 2"]
)
def test_a_condition_has_two_sides(code):
    assert sides(code, (True,)) == ({"true"}, [1])
    assert sides(code, (True,), (False,)) == ({"true", "false"}, [1, 2])


@pytest.mark.parametrize(
    ("turns", "word"), [(0, "never"), (1, "once"), (2, "twice"), (3, "a few times"), (9, "often")]
)
def test_a_loop_is_counted(turns, word):
    code = "def f(n):\n  total = 0\n  for k in range(n): total += k\n  return total"
    assert sides(code, (turns,)) == ({word}, [sum(range(turns))])


def test_a_loop_that_is_left_early_is_counted():
    code = "def f(n):\n  for k in range(n):\n    break\n  return k"
    assert sides(code, (5,))[0] == {"once"}


def test_texts_are_no_numbers():
    assert sides("def f(x): return x == 'a'", ("a",)) == (set(), [True])


def test_what_is_fixed_is_no_decision():
    code = "def f(x, mode):\n  return x if mode == 'in' else -x"
    assert sides(code, (1, "in"))[0] == {"true"}
    assert sides(code, (1, "in"), fixed=["mode"])[0] == set()
    assert sides("def f(x): return x > 0", (1,), others=["f"])[0] == set()


def test_a_recorded_operation_answers_what_the_operation_answers():
    task = next(t for t in find("optimisers").tasks if t.function == "rprop_path")
    spec, recorder = branches.recorded(configured(task))
    question, plain = form(spec, task.asks), form(configured(task), task.asks)
    case_set = generation.generate_for(task, ())
    for case in case_set.cases[::5]:
        for one, other in zip(
            question.answers(case.arguments), plain.answers(case.arguments), strict=True
        ):
            assert np.array_equal(one.low, other.low)
    assert recorder.take()
    assert not recorder.take()
