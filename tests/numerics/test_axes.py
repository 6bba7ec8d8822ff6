"""Axes that are expressions of other axes and of settings, and groups of axes."""

import numpy as np
import pytest

from checker.numerics import axes
from checker.numerics.axes import AxisError
from checker.numerics.inputs import fill, setting, sized
from reference.spec import Argument, Below, Each, Try

SIZES = {"n": (3,), "m": (4,), "c": (2,), "h": (6, 7), "k": (2, 3), "...": (5, 1)}


def argument(declared, *marks, name="x"):
    return Argument(name, tuple(declared), marks)


@pytest.mark.parametrize(
    ("declared", "shape"),
    [
        ([], ()),
        (["n", "m"], (3, 4)),
        (["5", "n"], (5, 3)),
        (["4*m"], (16,)),
        (["n+m-1"], (6,)),
        (["2*(n+1)"], (8,)),
        (["m//n"], (1,)),
        (["m%n"], (1,)),
        (["..."], (5, 1)),
        (["n", "...", "m"], (3, 5, 1, 4)),
        (["*h"], (6, 7)),
        (["n", "*h-k+1"], (3, 5, 5)),
        (["*h//k", "c"], (3, 2, 2)),
    ],
)
def test_the_lengths_of_axes_are_those_of_their_expressions(declared, shape):
    assert axes.shape(declared, SIZES, {}) == shape


@pytest.mark.parametrize(
    ("declared", "settings", "shape"),
    [
        (["n*heads"], {"heads": 4}, (12,)),
        (["*h-2*stride"], {"stride": 2}, (2, 3)),
        (["*h-2*stride"], {"stride": (1, 3)}, (4, 1)),
        (["c*stride[1]"], {"stride": (1, 3)}, (6,)),
        (["c*stride[1]"], {"stride": 4}, (8,)),
        (["units or n"], {"units": 8}, (8,)),
        (["units or n"], {"units": 0}, (3,)),
    ],
)
def test_settings_stand_in_expressions_and_a_tuple_has_one_for_each_axis(declared, settings, shape):
    assert axes.shape(declared, SIZES, settings) == shape


def test_a_group_of_one_axis_is_shared_by_longer_groups():
    assert axes.shape(["*h"], {"h": (6,)}, {}) == (6,)
    assert axes.shape(["*h*k"], {"h": (6,), "k": (2,)}, {}) == (12,)


@pytest.mark.parametrize(
    "declared",
    ["n+", "n n", "f(n)", "n**2", "n/2", "'n'", "1.5", "unknown", "n if m else c", "-n", "n and m"],
)
def test_nonsense_is_an_error_of_its_own(declared):
    with pytest.raises(AxisError):
        axes.shape([declared], SIZES, {})


def test_the_axes_that_can_be_chosen_are_named_without_the_settings():
    x = argument(["n", "*h", "..."])
    y = argument(["m*stride", "*h-k+1", "7"], name="y")
    stride = argument([], Try((1, 2)), name="stride")
    assert axes.names([x, y, stride]) == ["...", "h", "k", "m", "n"]
    assert axes.is_group("h", [x, y])
    assert axes.is_group("k", [x, y])
    assert not axes.is_group("n", [x, y])


def test_groups_in_one_expression_have_as_many_axes_as_each_other():
    arguments = [
        argument(["*h"]),
        argument(["*k"], name="y"),
        argument(["*h-k+1"], name="z"),
        argument(["*d"], name="w"),
    ]
    joined = sorted(map(sorted, axes.alike(arguments)))
    assert joined == [["d"], ["h", "k"]]
    rng = np.random.default_rng(0)
    ranks = set()
    for _ in range(20):
        sizes = sized(arguments, lambda: int(rng.integers(1, 4)), lambda rank: (9,) * rank)
        assert len(sizes["h"]) == len(sizes["k"])
        ranks.add((len(sizes["h"]), len(sizes["d"])))
    assert any(h != d for h, d in ranks)


def test_a_setting_for_each_axis_is_as_long_as_its_group():
    stride = argument([], Try((1, 2)), Each("h"), name="stride")
    rng = np.random.default_rng(0)
    drawn = [setting(stride, SIZES, rng) for _ in range(40)]
    tuples = [value for value in drawn if isinstance(value, tuple)]
    assert {1, 2} <= set(drawn)
    assert {len(value) for value in tuples} == {2}
    assert {entry for value in tuples for entry in value} == {1, 2}


def test_labels_lie_below_an_expression():
    labels = argument(["n"], Below("2*c", least=1), name="labels")
    drawn = np.concatenate(
        [fill(labels, SIZES, {}, np.random.default_rng(seed), 1.0) for seed in range(40)]
    )
    assert set(drawn.tolist()) == {1, 2, 3}


@pytest.mark.parametrize(
    ("declared", "settings", "fixed"),
    [
        ("n", {"heads": 4}, "n"),
        ("n*heads", {"heads": 4}, "n*4"),
        ("n*heads", {"heads": 1}, "n"),
        ("n+heads", {"heads": 0}, "n"),
        ("*h-k*stride", {"stride": 2}, "*h-k*2"),
        ("*h-k*stride", {"stride": 1}, "*h-k"),
        ("n*heads", {"other": 4}, "n*heads"),
        ("n*size[0]", {"size": 2}, "n*2"),
        ("n*size[1]", {"size": (2, 3)}, "n*3"),
    ],
)
def test_fixed_settings_are_written_into_the_axes(declared, settings, fixed):
    found = axes.with_fixed(argument([declared]), settings)
    assert found.axes == (fixed,)
    sizes = SIZES | ({} if "heads" in settings else {"heads": (3,)})
    assert axes.shape(found.axes, sizes, {}) == axes.shape([declared], sizes, settings)


def test_fixed_settings_are_written_into_what_labels_lie_below():
    labels = argument(["n"], Below("classes+blank"), name="labels")
    found = axes.with_fixed(labels, {"blank": 0})
    assert found.marks == (Below("classes"),)


def test_an_unset_length_counts_as_zero():
    declared = ["*h*(stride or size)"]
    settings = {"stride": None, "size": (2, 3)}
    assert axes.shape(declared, {"h": (4, 5)}, settings) == (8, 15)
    found = axes.with_fixed(argument(declared), {"stride": None})
    assert axes.shape(found.axes, {"h": (4, 5)}, {"size": 2}) == (8, 10)


def test_numbers_that_differ_are_drawn_below_a_product():
    places = argument(["n", "c", "*h"], Below("*h+1", differ=True), name="places")
    sizes = {"n": (2,), "c": (3,), "h": (2, 3)}
    drawn = [fill(places, sizes, {}, np.random.default_rng(seed), 1.0) for seed in range(40)]
    for rows in np.reshape(drawn, (-1, 6)):
        assert len(set(rows)) == 6
    assert (np.min(drawn), np.max(drawn)) == (0, 11)  # the product of 3 and 4, less one


def test_an_axis_may_count_the_axes_of_a_group():
    samples = argument(["n", "len(h)"], name="samples")
    assert axes.names([samples]) == ["h", "n"]
    for lengths in ((4,), (4, 5), (1, 2, 3)):
        assert axes.shape(samples.axes, {"n": (2,), "h": lengths}, {}) == (2, len(lengths))
