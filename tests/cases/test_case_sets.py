"""A case set holds what it should, smallest first, and is the same each time."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from checker.cases import case_cache, forms, generation
from checker.cases.answer_key import answer_key
from checker.cases.answering import answered
from checker.cases.case_set import CaseSet, freeze, thaw
from checker.cases.comparison import fault
from checker.cases.counterexample import counterexample
from checker.cases.judge import Judgement
from checker.course import assignment
from checker.sandbox import wire
from reference.catalogue import operation

BACKPROP = assignment.find("backprop")
TWO_TASKS = replace(BACKPROP, tasks=BACKPROP.tasks[:2])


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def test_every_task_has_a_case_set_of_thirty_to_120_cases(case_sets):
    assert list(case_sets) == [task.function for task in BACKPROP.tasks]
    assert all(30 <= len(each.cases) <= 120 for each in case_sets.values())


def test_the_worked_example_comes_first(case_sets):
    first = case_sets["backward_pass"].cases[0]
    assert first.arguments == [0.05, 0.1, -0.1, 0.3, 0.3, 0.01]
    assert first.results[2].low == 0.0679
    assert first.results[2].bound == pytest.approx(5e-5, rel=0.02)


def test_cases_start_small(case_sets):
    first = case_sets["dense"].cases[0]
    assert all(np.size(argument) == 1 for argument in first.arguments)


def test_a_case_set_read_back_is_the_case_set_that_was_made(case_sets):
    made = generation.generate(BACKPROP.tasks[2])
    kept = case_sets["dense"]
    assert made.arguments == kept.arguments
    assert made.results == kept.results
    for a, b in zip(made.cases, kept.cases, strict=True):
        assert all(map(np.array_equal, a.arguments, b.arguments))
        assert all(np.array_equal(x.low, y.low) for x, y in zip(a.results, b.results, strict=True))


def test_a_case_set_does_not_depend_on_what_else_is_loaded():
    """Nor on the order of sets: the same bytes in fresh interpreters with other hash seeds."""
    code = (
        "import hashlib; from checker.cases import generation; "
        "from checker.cases.case_set import freeze; from checker.course.assignment import Task; "
        "from checker.sandbox import wire; "
        "made = generation.generate(Task('f', 'dense', 'backward', 1)); "
        "print(hashlib.sha256(wire.encode(freeze({'f': made}))).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", before + code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for before, seed in (("", "1"), ("import hypothesis, random; random.seed(3); ", "2"))
    }
    assert len(printed) == 1


def test_a_damaged_cache_is_made_again(case_sets, monkeypatch, tmp_path):
    damaged = tmp_path / "cases"
    damaged.write_bytes(b"L\x01")
    monkeypatch.setattr(case_cache, "file", lambda *_: damaged)
    assert list(case_cache.load(TWO_TASKS)) == list(case_sets)[:2]
    assert damaged.stat().st_size > 10_000


def test_a_shape_is_a_tuple_in_a_case_set_that_was_kept_too():
    made = {
        "counts": generation.generate(
            assignment.Task("counts", "parameter_counts", "run", 1, ("widths",))
        )
    }
    kept = thaw(wire.decode(wire.encode(freeze(made))))
    widths = [[case.arguments[0] for case in each["counts"].cases] for each in (made, kept)]
    assert widths[0] == widths[1]
    assert (2, 4, 4, 1) in widths[1]


def test_an_unwritable_cache_only_costs_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(case_cache, "file", lambda *_: tmp_path / "file" / "cases")
    assert case_cache.load(TWO_TASKS).keys() == {task.function for task in TWO_TASKS.tasks}


def test_a_full_disk_leaves_no_part_of_a_cache(monkeypatch, tmp_path):
    write = Path.write_bytes

    def cut(path, data):
        write(path, data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", cut)
    case_cache.keep(tmp_path / "made" / "a.cases", bytes(99))
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_every_subgradient_at_a_kink_is_right(at_zero):
    task = assignment.Task("relu_backward", "relu", "backward", 1)
    made = generation.generate(task)
    assert any(np.any(case.arguments[1] == 0) for case in made.cases)
    backward = operation("relu").backward
    for case in made.cases:
        (gradient,) = backward(*case.arguments, at_zero=at_zero)
        assert fault(case.results[0], gradient) is None


def test_beyond_the_subgradients_a_kink_is_wrong():
    made = generation.generate(assignment.Task("relu_backward", "relu", "backward", 1))
    case = next(case for case in made.cases if np.any(case.arguments[1] == 0))
    (gradient,) = operation("relu").backward(*case.arguments, at_zero=1.5)
    assert fault(case.results[0], gradient) is not None


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("task", BACKPROP.tasks, ids=lambda task: task.function)
def test_the_reference_is_right_in_either_precision(case_sets, task, dtype):
    form = forms.task_form(task)
    for case in case_sets[task.function].cases:
        cast = [
            a.astype(dtype) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a
            for a in case.arguments
        ]
        results = form.call(form.reference, cast)
        for want, got in zip(case.results, results, strict=True):
            assert fault(want, np.asarray(got)) is None


def test_an_unknown_form_names_the_known_ones():
    with pytest.raises(LookupError, match="'forward', 'backward', 'gradient'"):
        forms.form(operation("dense"), "sideways")


@pytest.mark.parametrize("asks", ["forward", "backward"])
def test_settings_are_arguments_like_any_other(asks):
    made = generation.generate(assignment.Task("leaky", "leaky_relu", asks, 1, ("negative_slope",)))
    assert made.arguments[-2:] == ["x", "negative_slope"]
    slopes = {case.arguments[-1] for case in made.cases}
    assert slopes > {0.01, 0.1, 0.3}  # and others of the declared range
    for case in made.cases:
        *before, slope = case.arguments
        right = getattr(operation("leaky_relu"), asks)(*before, negative_slope=slope)
        (right,) = right if asks == "backward" else (right,)
        assert fault(case.results[0], right) is None


def test_a_fixed_setting_is_no_argument():
    made = generation.generate(
        assignment.Task("leaky", "leaky_relu", "forward", 1, fixed=(("negative_slope", 0.5),))
    )
    assert made.arguments == ["x"]
    for case in made.cases:
        (x,) = case.arguments
        assert fault(case.results[0], np.where(x > 0, x, 0.5 * x)) is None


TIE = np.ones((1, 1, 2, 2))  # one window of four equal entries


@pytest.fixture(scope="module")
def tied():
    form = forms.form(operation("max_pooling"), "backward")
    return answered(form, [np.full((1, 1, 1, 1), 4.0), TIE, *DEFAULTS])


DEFAULTS = (2, None, 0, 1, False)  # of max pooling


@pytest.mark.parametrize(
    ("shares", "right"),
    [
        ([4, 0, 0, 0], True),
        ([1, 1, 1, 1], True),
        ([0, 0, 2.5, 1.5], True),
        ([0, 0, 0, 0], False),
        ([4, 4, 4, 4], False),
        ([4, 1e-3, 0, 0], False),
    ],
)
def test_equal_entries_share_all_of_a_gradient(tied, shares, right):
    gradient = np.reshape(np.array(shares, dtype=float), TIE.shape)
    words = fault(tied.results[0], gradient)
    assert (words is None) == right
    key = answer_key(tied.results)
    shapes, values = np.array([4, 1, 1, 2, 2]), gradient.ravel()
    assert key.agrees(SimpleNamespace(flat=(shapes, values))) == right
    assert right or f"its sum is {np.sum(shares):.4g} and should be 4:" in words


def test_equal_shares_of_the_sum_are_shown(tied):
    judgement = Judgement("wrong", results=(4 * np.ones((1, 1, 2, 2)),), right=(False,))
    shown = counterexample(CaseSet([], ["dx"], [tied]), tied, judgement)
    assert shown["expected"]["dx"] == [[[[1.0, 1.0], [1.0, 1.0]]]]


def test_a_stored_case_keeps_the_sum(tied):
    stored = freeze({"f": CaseSet([], [], [tied], ())})
    restored = thaw(wire.decode(wire.encode(stored)))["f"].cases[0]
    assert restored.results[0].total == 4.0
