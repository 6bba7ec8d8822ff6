"""A right operation passes with the cases of other seeds, which once broke a bound."""

import numpy as np
import pytest

from checker.numerics.equations import DOUBLE, SINGLE, Equation
from checker.proof import verify
from checker.proof.kinds.optimiser import OBJECTIVE, complete, results
from checker.proof.oracle import CaseOracle
from checker.proof.trial import Trial
from reference.catalogue import operation

ONCE = [  # operation, seed, oracle
    ("tape_forward_mode", 103, "accuracy float32"),  # the contributions of two operands cancel
    ("scaled_dot_product_attention", 102, "accuracy float64"),  # a small move, by chance
    ("symmetry_breaking", 100, "torch float64"),  # both sides are rounded
    ("sequential_training", 24, "torch float64"),  # where torch's slope of a sigmoid is 0
    ("lbfgs", 100, "accuracy float32"),  # a rounded loss decides a line search
    ("linear_resize", 2, "torch float64"),  # torch rounds the place of pixel 853
    ("grid_sample", 101, "property linear_in_the_upstream"),  # terms cancel beyond sixty digits
    ("conv_lstm", 105, "derivative"),  # so they do here
    ("instance_norm_running", 107, "torch float64"),  # torch adds 39,304 numbers in turn
    ("instance_norm", 202, "accuracy float32"),  # a sum of 35,937 numbers
    ("instance_norm", 202, "torch float64"),  # which torch adds in turn, too
    ("lp_pooling", 107, "accuracy float32"),  # a moved power of a negative number is nan
    ("lbfgs", 101, "accuracy float32"),  # equal roundings were moved alike
    ("channel_softmax", 111, "accuracy float32"),  # an upstream gradient at one class of 1025
    ("adamax", 111, "accuracy float64"),  # 1 - beta1^t, where beta1 is near 1
    ("symmetry_breaking", 426, "torch float32"),  # 1 - h^2 of a saturated unit
    ("hill_climbing", 314, "accuracy float64"),  # a rounding decides between equal losses
    ("binary_cross_entropy", 311, "torch float16"),  # a product of subnormal numbers
    ("nearest_resize", 304, "torch float64"),  # 1.6 is above 8/5 in floats
]


@pytest.mark.parametrize(("name", "seed", "oracle"), ONCE)
def test_what_failed_by_chance_passes(name, seed, oracle):
    specs = {name: operation(name)}
    (row,) = verify.verify(specs, only=(oracle,), first=10_000 * seed)
    assert row.passed, row.failure
    assert row.equations


@pytest.mark.parametrize(("with_many", "passes"), [(0.5, True), (2.0, False)])
def test_what_is_beyond_its_bound_is_judged_by_many_draws(with_many, passes):
    def ask(trial):
        off = 2.0 if trial.draws < 10 else with_many
        return [Equation("result", np.array([off]), np.zeros(1), np.ones(1))]

    spec = operation("tanh")
    row = verify.go_over("tanh", "some", CaseOracle(ask), [Trial(spec, {"x": np.ones(1)})])
    assert row.passed == passes


def test_the_many_draws_are_of_the_same_inputs():
    trial = Trial(operation("tanh"), {"x": np.array([0.3, 2.0])}, number=5)
    assert [*map(str, trial.surer.inputs.values())] == [*map(str, trial.inputs.values())]
    for few, many in zip(trial.moves(DOUBLE), trial.surer.moves(DOUBLE), strict=True):
        assert (many >= few).all()


def test_an_entry_that_moves_no_farther_in_many_draws_has_no_wider_bound():
    trial = Trial(operation("tanh"), {"x": np.array([0.3, 2.0])})
    for few, many in zip(trial.bounds(DOUBLE), trial.surer.bounds(DOUBLE), strict=True):
        assert (many < few).all()


def test_in_float64_both_sides_of_a_comparison_with_torch_are_rounded():
    trial = Trial(operation("tanh"), {"x": np.array([0.3, 2.0])})
    for dtype, unit, sides in ((np.float64, DOUBLE, 2), (np.float32, SINGLE, 1)):
        floor = float(np.finfo(dtype).tiny)
        for result, mine, theirs in zip(
            trial.results, trial.bounds(unit, floor), trial.their_bounds(dtype), strict=True
        ):
            small = 32 * unit * max(np.abs(result).max(), trial.product)
            np.testing.assert_allclose(theirs, sides * mine + small)


def test_each_evaluation_of_an_objective_has_a_rounding_of_its_own():
    spec = operation("lbfgs")
    settings = {a.name: a.default for a in spec.arguments if a.tried}
    inputs = complete(spec, {"param": np.array([3.0, -2.0]), **settings}, 0)
    assert OBJECTIVE.keys() <= inputs.keys()
    assert len(np.unique(inputs["rounding"])) == 2
    (path,) = results(spec, inputs)
    (other,) = results(spec, {**inputs, "rounding": inputs["rounding"] * [1, 1 + 1e-7]})
    assert 0 < np.abs(path - other).max() < 1e-3
