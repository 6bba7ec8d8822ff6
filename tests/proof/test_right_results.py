"""Right results that lie near a bound: other seeds than the usual ones make such cases."""

from functools import partial

import numpy as np
import pytest

from checker.numerics.equations import SINGLE
from checker.proof.oracle import CHAOTIC, NotComparedError
from checker.proof.oracles import exact, half_precision, kinks, torch_agreement
from checker.proof.trial import Sort, Trial
from reference.activations._margin import clear_of_zero
from reference.catalogue import operation
from reference.metrics import threshold_decision

CANCELLING = (("divide", 0, 1), ("power", 3, 2), ("maximum", 4, 0), ("divide", 5, 3))
OFFSET = [[[999.63, 999.3], [1000.46, 1000.71], [999.65, 997.56], [1000.51, 999.32]]]
SATURATED = {
    "x": [[40.38, -40.14], [42.31, -40.37], [40.01, 40.69], [-40.69, 40.64]],
    "weights": [
        [[40.09, 41.83], [-40.53, -41.18]],
        [[40.02, -40.22], [40.83, -41.06]],
        [[-40.68, 40.38], [-40.47, -41.1]],
    ],
    "biases": [[41.75, -41.67], [40.43, -41.01], [-40.48, 40.7]],
    "activation": "tanh",
}
NEARLY_ONE = {a.name: a.default for a in operation("adam").arguments if a.tried}
NEARLY_ONE |= {"beta1": 0.9999, "learning_rate": 0.2}
# Two 2 by 2 matrices of whole numbers whose product is zero, but not after a rounding.
SINGULAR = np.array([[[3.0, 3.0], [3.0, 3.0]], [[1.0, 1.0], [-1.0, -1.0]]])


def worst(name, case, ask, sort=Sort.RANDOM):
    arrays = {k: np.asarray(v, dtype=float) if isinstance(v, list) else v for k, v in case.items()}
    equations = ask(Trial(operation(name), arrays, sort=sort))
    assert equations
    return max(equation.ratio for equation in equations)


@pytest.mark.parametrize(
    ("name", "case", "asks"),
    [
        pytest.param(
            "tape_gradient",
            {"inputs": [2.03, 1.822, 1.862], "tape": CANCELLING},
            [exact.in_single, exact.in_double],
            id="the contributions of two paths cancel",
        ),
        pytest.param(
            "batch_norm_train",
            {"x": OFFSET, "gamma": [-0.5, 0.99, -1.7, -0.66], "beta": [0.66, -0.35, 0.34, -2.47]}
            | {"epsilon": 1e-3},
            [exact.in_single, exact.in_double],
            id="two examples whose mean is far larger than their distance",
        ),
        pytest.param(
            "gradient_sizes",
            SATURATED,
            [exact.in_double],
            id="a unit so saturated that its slope rounds to zero",
        ),
        pytest.param(
            "adam",
            {"grad": [0.7, 0.7], "param": [0.01, 0.01]} | NEARLY_ONE,
            [partial(torch_agreement.agree, dtype=np.float64)],
            id="torch subtracts a power of beta from 1",
        ),
        pytest.param(
            "toy_surface",
            {"x": [1.51e6], "y": [2.2e5]},
            [exact.in_single],
            id="a product that overflows before the upstream gradient makes it smaller",
        ),
        pytest.param(
            "max_pooling",
            {"x": np.full((1, 1, 4), 3e30), "size": 2, "stride": 1, "padding": 0, "dilation": 1}
            | {"ceil_mode": False},
            [kinks.no_choice_beside_a_kink],
            id="equal entries too large for a small step",
        ),
        pytest.param(
            "rising_momentum",
            {"epoch": 0, "highest": np.array(0.99999995), "period": 1, "way": "harmonic"},
            [lambda t: exact.holds(t.spec.run, t.spec.properties[1], t)],
            id="a highest momentum that takes long to reach",
        ),
    ],
)
def test_a_right_result_is_within_its_bound(name, case, asks):
    for ask in asks:
        assert worst(name, case, ask) <= 1


def test_every_pixel_of_a_resized_image_moves():
    """A factor just below 2 gives a smaller image, which tells nothing."""
    settings = {"size": None, "scale_factor": 2.0, "align_corners": False, "antialias": False}
    for count in range(1, 25):
        images = 1 + np.arange(20.0 * count).reshape(count, 1, 4, 5)
        trial = Trial(operation("linear_resize"), {"images": images, **settings})
        assert (trial.moves(SINGLE)[0] > 0).all(), count


def test_a_number_that_half_precision_rounds_to_the_end_of_its_interval_is_left_out():
    case = {"target": np.array([[1.0]]), "reduction": "none"}
    spec = operation("binary_cross_entropy")
    assert half_precision.compare(
        Trial(spec, {"probability": np.array([[0.9]]), **case}, "a"), "float16"
    )
    beside = Trial(spec, {"probability": np.array([[0.99999]]), **case})
    with pytest.raises(NotComparedError, match="end of its interval"):
        half_precision.compare(beside, "float16")


def test_a_deep_network_whose_gradient_hangs_on_a_cancellation_is_not_compared():
    weights = np.concatenate([SINGULAR, np.full((700, 2, 2), 3.0)])
    case = {"x": np.ones((1, 2)), "weights": weights, "biases": np.zeros(weights.shape[:2])}
    spec = operation("gradient_sizes")
    trial = Trial(spec, {**case, "activation": "identity"}, sort=Sort.LONG)
    with pytest.raises(NotComparedError, match=CHAOTIC):
        torch_agreement.agree(trial, np.float64)


def test_a_rounding_that_was_left_behind_may_decide():
    """In single precision, 1e-8 + 1 - 1 is 0."""
    x, small = np.full((3, 1), 1e-8), {"weight": np.array([1e-8]), "bias": np.array(-1e-8)}
    possible = operation("perceptron_rule").possible
    assert not possible(x=x, target=np.array([1, 0, 0]), **small, rate=1.0)
    assert possible(x=x, target=np.array([0, 0, 0]), **small, rate=1.0)
    assert clear_of_zero(x, **small)


@pytest.mark.parametrize(
    ("probability", "threshold", "decided"),
    [
        *((0.1, 0.1, False), (0.5, 0.5, True), (0.1 + 1e-8, 0.1, False), (0.5 + 1e-9, 0.5, False)),
        *((0.11, 0.1, True), (np.nan, 0.1, True), (0.0, 0.1, True)),
    ],
)
def test_a_probability_beside_the_threshold_is_no_case(probability, threshold, decided):
    values = np.array([0.3, probability])
    assert threshold_decision.decided(values, threshold) is decided
