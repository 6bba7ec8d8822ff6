"""Candidates meet their criteria, and have mostly as many axes as a text shows."""

from collections import Counter

import numpy as np
import pytest

from checker.cases import candidates
from checker.cases.forms import configured
from checker.course.assignment import find


def arguments_of(assignment, function):
    task = next(t for t in find(assignment).tasks if t.function == function)
    return configured(task).arguments


NORM = arguments_of("regularisation", "batch_norm")
STOP = arguments_of("regularisation", "early_stopping")
RELU = arguments_of("neuron", "relu_backward")
DENSE = arguments_of("backprop", "dense")


def made(arguments):
    return {c.title: c.make(0) for c in candidates.criteria(arguments)}


@pytest.mark.parametrize(("arguments", "usual"), [(NORM, 2), (RELU, 1)])
def test_most_arrays_have_as_many_axes_as_the_text_shows(arguments, usual):
    drawn = candidates.random(arguments, 200, (1.0,))
    ranks = Counter(case["x"].ndim for case in drawn)
    assert ranks[usual] > 100
    assert sorted(ranks) == list(range(usual, usual + len(ranks)))
    assert len(ranks) >= 3


def test_each_axis_is_short_and_long_in_turn():
    cases = made(DENSE)
    for axis, (name, at) in {"n": ("x", 0), "d": ("weight", 0), "k": ("bias", 0)}.items():
        for length in candidates.LENGTHS:
            case = cases[f"{axis} = {length}"]
            assert case[name].shape[at] == length
    assert (
        len({*cases["all lengths differ"]["x"].shape, cases["all lengths differ"]["bias"].size})
        == 3
    )
    assert set(cases["all lengths are equal"]["weight"].shape) == {candidates.ALIKE}


@pytest.mark.parametrize("rank", [0, 1, 2, 3])
def test_dots_stand_for_each_number_of_axes(rank):
    assert made(NORM)[f"{rank} axes for ..."]["x"].ndim == 2 + rank


def test_an_array_of_any_shape_has_at_least_one_axis():
    assert "0 axes for ..." not in made(RELU)
    assert made(RELU)["1 axes for ..."]["x"].ndim == 1
    assert made(RELU)["... = 24"]["x"].shape == (24,)


def test_every_pair_of_settings_occurs():
    patience, window = (a.tried for a in STOP if a.name in ("patience", "window"))
    seen = {(c["patience"], c["window"]) for c in made(STOP).values()}
    assert {(p, w) for p in patience for w in window} <= seen
    beyond = {c["patience"] for c in made(STOP).values()} - set(patience)
    assert beyond
    assert 0 not in beyond


def test_values_are_what_their_criterion_says():
    cases = {title: case["x"] for title, case in made(NORM).items()}
    assert 0 < np.abs(cases["tiny values"]).max() < 1e-4
    assert np.abs(cases["large values"]).max() > 20
    assert (cases["negative values"] <= 0).all()
    assert (cases["positive values"] >= 0).all()
    assert len(np.unique(cases["equal values"])) == 1
    assert (cases["half of the values are 0"] == 0).any()
    assert (cases["values far from 0"] > 90).all()
    steps = np.diff(cases["falling values 0"], axis=0)
    assert (steps < 0).all()
    assert len(cases["falling values 0"]) >= candidates.SEQUENCE


def test_bounded_values_stay_in_their_interval():
    for title, case in made(NORM).items():
        assert (np.asarray(case["epsilon"]) >= 0).all(), title
    for case in made(arguments_of("losses", "cross_entropy")).values():
        np.testing.assert_allclose(case["probability"].sum(-1), 1)


def test_another_seed_gives_other_candidates():
    one, other = (
        [case["x"].tolist() for case in candidates.random(RELU, 20, (1.0,), first)]
        for first in (0, 1000)
    )
    assert sum(a == b for a, b in zip(one, other, strict=True)) <= 2
