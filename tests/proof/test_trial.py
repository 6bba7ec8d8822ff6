"""The bounds of a trial come from the function and not from the code that is judged by them."""

import dataclasses
import functools

import numpy as np
import pytest

from checker.numerics.conditioning import HEADROOM
from checker.numerics.equations import unit
from checker.numerics.gradients import with_upstream
from checker.proof.oracles import exact
from checker.proof.trial import Sort, Trial
from reference.catalogue import operation

RNG = np.random.default_rng(0)
EXAMPLES = 1e4 + RNG.standard_normal((8, 3))  # far from zero, and close to each other
BATCH = {"x": EXAMPLES, "gamma": np.ones(3), "beta": np.zeros(3), "epsilon": 1e-5}
SURE = {"logits": np.array([[-20.0]]), "target": np.array([[0.0]]), "reduction": "mean"}


def variance_by_squares(x, gamma, beta, *, epsilon=1e-5):
    mean = x.mean(axis=0)
    variance = (x * x).mean(axis=0) - mean * mean
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def log_of_one_plus(logits, target, *, reduction="mean"):
    zero = np.zeros_like(logits)
    rest = np.maximum(zero, logits) * (1 - target) + np.maximum(zero, -logits) * target
    return (rest + np.log(1 + np.exp(-np.abs(logits)))).mean()


def with_forward(name, forward):
    spec = operation(name)
    return dataclasses.replace(spec, forward=functools.wraps(spec.forward)(forward))


def worst(spec, case, ask):
    return max(e.ratio for e in ask(Trial(spec, case)) if e.about == "output")


@pytest.mark.parametrize("ask", [exact.in_double, exact.in_single])
@pytest.mark.parametrize(
    ("name", "case", "unstable"),
    [
        ("batch_norm_train", BATCH, variance_by_squares),
        ("binary_cross_entropy_with_logits", SURE, log_of_one_plus),
    ],
)
def test_an_unstable_formula_does_not_earn_its_own_bound(name, case, unstable, ask):
    assert worst(operation(name), case, ask) <= 1
    assert worst(with_forward(name, unstable), case, ask) > 1


@pytest.mark.parametrize("by", [1e-14, -1e-12, 1e-8])
@pytest.mark.parametrize("name", ["dense", "mse", "softmax", "sigmoid"])
def test_results_that_are_wrong_by_a_few_roundings_are_over_their_bound(name, by):
    spec = operation(name)
    arguments = {a.name: RNG.standard_normal((2,) * len(a.axes)) for a in spec.arguments}
    settings = {a.name: a.tried[0] for a in spec.arguments if a.tried}
    trial = Trial(spec, {**arguments, **settings})
    limits = trial.bounds(unit(np.float64))
    assert all((limit < 1e-12).all() for limit in limits)
    assert all(
        (np.abs(mine * by) > limit).any() for mine, limit in zip(trial.results, limits, strict=True)
    )


def test_a_bound_is_a_multiple_of_the_move_and_of_one_rounding():
    """x + 1 at x = 1: the condition is one half, and the result is rounded once."""
    x = np.array([1.0])
    spec = operation("add")
    trial = Trial(spec, {"a": x, "b": x})
    (limit, *_) = trial.bounds(unit(np.float64))
    u = unit(np.float64)
    assert HEADROOM * 2 * u <= limit[0] <= HEADROOM * 4.01 * u


def test_a_bound_in_single_precision_is_wider_by_what_it_is_coarser():
    trial = Trial(operation("softmax"), {"x": RNG.standard_normal((2, 3))})
    pairs = zip(trial.bounds(unit(np.float32)), trial.bounds(unit(np.float64)), strict=True)
    for single, double in pairs:
        np.testing.assert_allclose(single / double, 2.0**29, rtol=1e-6)


@pytest.mark.parametrize(("terms", "wider"), [(100, 1), (2**11, 1), (2**13, 2), (2**15, 4)])
def test_a_sum_of_very_many_terms_may_be_wrong_by_the_root_of_their_number(terms, wider):
    """In turn, it is rounded as often as it has terms, and it grows as the root of that."""
    case = {"x": np.ones((1, terms)), "weight": np.zeros((terms, 1)), "bias": np.array([1.0])}
    output, *_ = Trial(operation("dense"), case, sort=Sort.LENGTHS).bounds(unit(np.float64))
    alone = HEADROOM * unit(np.float64)
    assert wider * alone <= output[0, 0] <= wider * 2.01 * alone


def grows(x):
    """1, by way of numbers that float32 does not represent."""
    for _ in range(50):
        x = x * 10
    return x / x


def is_nan_in_float32(x):
    return x * (np.nan if x.dtype == np.float32 else 1.0)


@pytest.mark.parametrize(
    ("run", "sort", "passes"),
    [
        (grows, Sort.LONG, True),  # as any training or network that explodes
        (grows, Sort.RANDOM, False),
        (is_nan_in_float32, Sort.LONG, False),
    ],
)
def test_what_overflows_along_a_long_axis_alone_may_be_nan_in_float32(run, sort, passes):
    spec = dataclasses.replace(operation("symmetry_breaking"), run=run)
    trial = Trial(spec, {"x": np.array([1.0, 2.0])}, sort=sort)
    assert all(e.ratio <= 1 for e in exact.in_single(trial)) == passes


def test_decisions_and_labels_have_no_error():
    spec = operation("argmax_decision")
    (limit,) = Trial(spec, {"scores": RNG.standard_normal((4, 3))}).bounds(unit(np.float64))
    assert limit.tolist() == [0, 0, 0, 0]


def test_torch_may_lose_what_is_small_beside_the_largest_entry_but_no_more():
    trial = Trial(operation("tanh"), {"x": np.array([1e-9, 3.0])})
    ours, theirs = trial.bounds(unit(np.float64)), trial.their_bounds(np.float64)
    for own, other in zip(ours, theirs, strict=True):
        assert (own < other).all()
        assert (other < 1e-12).all()
        assert own[0] < 1e-20 or own[0] < 100 * unit(np.float64)


def test_terms_that_cancel_widen_a_bound_where_they_are_declared():
    plain = operation("softmax")
    case = {"x": RNG.standard_normal((2, 3))}
    declared = dataclasses.replace(plain, terms=lambda x: np.full(x.shape, 1e6))
    narrow, wide = (Trial(s, case).bounds(unit(np.float64)) for s in (plain, declared))
    assert Trial(plain, case).terms == 0
    assert 1e6 <= Trial(declared, case).terms <= 2e6
    assert all((a * 1000 < b).all() for a, b in zip(narrow, wide, strict=True))


def test_a_case_is_rounded_once_for_each_dtype():
    case = {"x": np.array([0.1, 1e-3])}
    trial = Trial(operation("tanh"), case)
    single = trial.rounded(np.float32)
    assert single is trial.rounded(np.float32)
    assert single.case["x"].dtype == float
    assert (single.case["x"] == case["x"].astype(np.float32)).all()
    assert (single.inputs["upstream 0"].astype(np.float32) == single.inputs["upstream 0"]).all()
    assert (trial.case["x"] == case["x"]).all()


def test_results_have_names_and_sizes():
    spec = operation("dense")
    case = {"x": np.ones((4, 3)), "weight": 2 * np.ones((3, 2)), "bias": np.zeros(2)}
    trial = Trial(spec, case)
    assert trial.names == ["output", "gradient of x", "gradient of weight", "gradient of bias"]
    assert trial.size == 8 + 12 + 6 + 2
    assert trial.entries == 12 + 6 + 2 + 8
    assert trial.largest == 2
    assert trial.inputs.keys() == with_upstream(spec, case).keys()
