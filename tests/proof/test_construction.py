"""The cases of an operation are made to criteria, and what they cover is counted."""

import dataclasses
import itertools

import numpy as np
import pytest

from checker.numerics import axes
from checker.proof import construction, criteria, verify
from checker.proof.construction import LENGTHS, LONG, RANDOM_CASES, RANKS, Cases
from checker.proof.oracles import edges
from checker.proof.trial import Sort
from reference.catalogue import operation

NAMES = ("dense", "softmax", "batch_norm_train", "cross_entropy", "adam", "sgd", "he_normal")


def made(name):
    return construction.cases(operation(name))


def values(cases, name):
    return [trial.case[name] for trial in cases.trials]


def lengths(cases, argument, axis):
    """The lengths of an axis of an argument, counted from the front."""
    arrays = [value for value in values(cases, argument) if value is not None]
    return {value.shape[axis] for value in arrays if value.ndim > axis}


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_are_the_same_in_every_run(name):
    one, other = made(name), made(name)
    assert [t.title for t in one.trials] == [t.title for t in other.trials]
    for a, b in zip(one.trials, other.trials, strict=True):
        assert a.case.keys() == b.case.keys()
        for key, value in a.case.items():
            np.testing.assert_array_equal(value, b.case[key])


@pytest.mark.parametrize("name", NAMES)
def test_each_axis_in_turn_has_each_length(name):
    """One axis is long at a time, and only axes of any length are changed."""
    spec = operation(name)
    titles = [trial.title for trial in made(name).trials]
    for axis in axes.names(spec.arguments):
        if axis == "...":
            assert {f"rank {rank}" for rank in RANKS} <= set(titles)
            assert {f"{n} in the last of ..." for n in LENGTHS} | {"long ..."} <= set(titles)
        elif axes.is_group(axis, spec.arguments):
            assert {f"{axis} of length {n}" for n in LENGTHS if n <= 100} <= set(titles)
        else:
            assert {f"{axis} of length {n}" for n in LENGTHS} | {f"long {axis}"} <= set(titles)


def test_a_matrix_product_is_tried_at_every_length_of_its_three_axes():
    cases = made("dense")
    for argument, axis in (("x", 0), ("x", 1), ("weight", 1)):
        assert {1, 2, 7, 33, 270, LONG} <= lengths(cases, argument, axis)
    long = [t.case["x"].shape + t.case["bias"].shape for t in cases.trials]
    assert all(sum(n > 100 for n in shape) <= 1 for shape in long)


def test_axes_without_number_have_ranks_up_to_four():
    cases = made("tanh")
    ranks = {value.ndim for value in values(cases, "x")}
    assert ranks == {0, 1, 2, 3, 4}
    longest = {max(value.shape, default=0) for value in values(cases, "x")}
    assert {33, 270, LONG} <= longest


def test_a_group_has_one_to_three_axes_and_its_settings_differ_between_them():
    cases = made("convolution")
    assert {3, 4, 5} <= {value.ndim for value in values(cases, "x")}
    for setting in ("stride", "padding"):
        tuples = [v for v in values(cases, setting) if isinstance(v, tuple)]
        assert any(len(set(each)) > 1 for each in tuples)
        assert {len(each) for each in tuples} >= {2, 3}
    for trial in cases.trials:
        assert trial.results[0].ndim == trial.case["x"].ndim


def key(value):
    return getattr(value, "__name__", None) or repr(value)


@pytest.mark.parametrize(
    "name", ["adam", "rmsprop", "one_cycle", "huber", "weighted_mse", "l1_l2", "sgd", "prelu"]
)
def test_every_pair_of_settings_occurs(name):
    spec = operation(name)
    listed = [a for a in spec.arguments if a.tried]
    cases = construction.cases(spec)
    possible = getattr(spec, "possible", None)
    for one, other in itertools.combinations(listed, 2):
        seen = {(key(t.case[one.name]), key(t.case[other.name])) for t in cases.trials}
        wanted = {(key(x), key(y)) for x in one.tried for y in other.tried}
        assert wanted <= seen or (possible is not None and wanted & seen)
    for one in listed:
        assert {key(x) for x in one.tried} <= {key(v) for v in values(cases, one.name)}


def test_pairs_of_settings_are_not_lost_with_the_cases_that_are_not_possible():
    """A padding of "same" needs a stride of 1, and a kernel may be too long for its image."""
    spec = operation("convolution")
    listed = [a for a in spec.arguments if a.tried]
    chosen = [{a.name: key(t.case[a.name]) for a in listed} for t in made("convolution").trials]
    seen = {pair for case in chosen for pair in itertools.combinations(case.items(), 2)}
    wanted = {
        ((one.name, key(x)), (other.name, key(y)))
        for one, other in itertools.combinations(listed, 2)
        for x in one.tried
        for y in other.tried
    }
    assert wanted - seen == {(("stride", "2"), ("padding", "'same'"))}


@pytest.mark.parametrize("name", ["adam", "batch_norm_train", "dropout_inverted", "max_pooling"])
def test_a_setting_with_a_range_takes_other_values_than_those_listed(name):
    spec = operation(name)
    cases = construction.cases(spec)
    ranged = [a for a in spec.arguments if a.range is not None]
    assert ranged
    for argument in ranged:
        drawn = [v for v in values(cases, argument.name) if v not in argument.tried]
        drawn = [v for v in drawn if not isinstance(v, tuple)]  # one for each axis
        assert drawn, argument.name
        low, high = argument.range.low, argument.range.high
        whole = all(v is None or isinstance(v, int) for v in argument.tried)
        for value in drawn:
            assert (low <= value <= high) if whole else (low < value < high)


def test_values_are_tiny_and_huge_and_mixed_and_zeros_of_both_signs():
    cases = made("dense")
    arrays = [t.case["x"] for t in cases.trials]
    sizes = [np.abs(x[x != 0]) for x in arrays if x.any()]
    assert min(s.min() for s in sizes) < 1e-29
    assert max(s.max() for s in sizes) > 1e29
    assert any(s.max() > 1e6 * s.min() for s in sizes)
    signs = {bool(s) for x in arrays for s in np.signbit(x[x == 0])}
    assert signs == {True, False}
    ties = [x for x in arrays if x.size > 2 and len(np.unique(x)) == 1 and x.any()]
    assert ties


def test_extremes_meet_each_other_and_the_ends_of_an_interval():
    """Large logits with targets at both ends of [0, 1], in one case."""
    cases = made("binary_cross_entropy_with_logits")
    extreme = [t.case for t in cases.trials if t.title.startswith("extreme")]
    assert extreme
    for case in extreme:
        assert np.abs(case["logits"]).max() > 30
        away = np.minimum(case["target"], 1 - case["target"])
        assert (away <= 0.1).all()
    nearest = min(np.minimum(c["target"], 1 - c["target"]).min() for c in extreme)
    assert nearest < 1e-5


def test_empty_axes_are_among_the_edges():
    titles = " ".join(edges.oracle(operation("dense")))
    for axis in ("empty batch", "empty d", "empty k"):
        assert axis in titles


def test_what_is_not_possible_is_left_out_and_counted():
    spec = dataclasses.replace(operation("tanh"), possible=lambda x: x.size < 100)
    cases = construction.cases(spec)
    assert cases.rejected > 0
    assert all(trial.case["x"].size < 100 for trial in cases.trials)
    total = len(construction.cases(operation("tanh")).trials)
    assert len(cases.trials) + cases.rejected == total


def test_what_is_not_possible_by_chance_is_drawn_again():
    plain = construction.cases(operation("tanh"))
    assert any(trial.case["x"].size == 3 for trial in plain.trials)
    spec = dataclasses.replace(operation("tanh"), possible=lambda x: x.size != 3)
    cases = construction.cases(spec)
    assert [trial.title for trial in cases.trials] == [trial.title for trial in plain.trials]
    assert all(trial.case["x"].size != 3 for trial in cases.trials)


def test_what_is_not_possible_with_some_settings_is_drawn_with_others():
    """In a long case of it, most learning rates let the weights of a training grow."""
    titles = {trial.title for trial in made("sequential_training").trials}
    assert {"long n", "long d", "long h", "long k"} <= titles


@pytest.mark.parametrize(
    ("possible", "words"),
    [(lambda x: x.size < 10 and x.any() and (x > 0).all(), "are not possible"), (None, None)],
)
def test_too_many_rejected_cases_are_a_failing_row(possible, words):
    spec = dataclasses.replace(operation("tanh"), possible=possible)
    row = verify.of_cases("tanh", spec, construction.cases(spec))
    assert row.passed == (words is None)
    assert words is None or words in row.failure
    assert row.cases == len(construction.cases(spec).trials)


def test_no_case_at_all_is_a_failing_row():
    spec = dataclasses.replace(operation("tanh"), possible=lambda x: False)
    assert not verify.of_cases("tanh", spec, construction.cases(spec)).passed


def test_a_fifth_of_the_cases_may_be_rejected():
    some = [None] * 80
    assert not Cases(some, 20).too_many_rejected
    assert Cases(some, 21).too_many_rejected


def test_refusing_is_no_fault_of_a_procedure_that_has_to_refuse():
    spec = operation("matmul_shape")
    cases = Cases(construction.cases(spec).trials, rejected=100)
    assert spec.rejects_invalid
    assert cases.too_many_rejected
    assert verify.of_cases("matmul_shape", spec, cases).passed
    strict = dataclasses.replace(spec, rejects_invalid=False)
    assert not verify.of_cases("matmul_shape", strict, cases).passed


def test_what_is_covered_is_counted():
    counts = criteria.counted(operation("adam"), made("adam"))
    cases = made("adam").trials
    assert counts["cases"] == f"{len(cases)}, 0 rejected, 0 too large"
    assert counts["lengths of axes"] == "1, 2, odd, 5 to 64, over 128, over 1024"
    assert counts["ranks"] == "0, 1, 2, 3, 4"
    covered, wanted = map(int, counts["pairs of settings"].split(" of "))
    assert covered == wanted > 100
    assert int(counts["settings beyond those listed"]) >= 15
    assert int(counts["-0.0"]) > 0
    assert int(counts["equal entries"]) > 10
    smallest, largest = map(float, counts["magnitudes"].split(" to "))
    assert smallest < 1e-29 < 1e29 < largest


def test_what_is_not_covered_is_not_counted():
    spec = operation("adam")
    few = Cases([t for t in made("adam").trials if t.title in ("random 1", "rank 2")], 3)
    counts = criteria.counted(spec, few)
    assert counts["cases"] == "2, 3 rejected, 0 too large"
    assert "over 128" not in counts["lengths of axes"]
    assert counts["-0.0"] == "0"
    covered, wanted = map(int, counts["pairs of settings"].split(" of "))
    assert covered < wanted / 2


def test_arguments_that_are_none_are_counted():
    counts = criteria.counted(operation("layer_norm"), made("layer_norm"))
    assert int(counts["an argument is None"]) > 5
    assert "an argument is None" not in criteria.counted(operation("tanh"), made("tanh"))


def test_the_first_cases_are_random_and_numbered():
    for number, trial in enumerate(made("dense").trials):
        assert trial.number == number
        assert (trial.sort is Sort.RANDOM) == (number < RANDOM_CASES)
