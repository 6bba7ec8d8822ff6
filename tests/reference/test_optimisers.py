"""What holds of optimisers beyond six steps, or beyond one of them."""

import numpy as np
import pytest

from reference.catalogue import operations
from reference.descent import toy_surface
from reference.optimisers import adam, levenberg_marquardt, nesterov, rmsprop
from reference.spec import Optimiser

OF_MATRICES = ("muon",)
OPTIMISERS = {
    name: spec
    for name, spec in operations().items()
    if isinstance(spec, Optimiser) and not spec.closure and name not in OF_MATRICES
}


def frozen(*shape: int) -> np.ndarray:
    array = np.random.default_rng(3).standard_normal(shape)
    array.flags.writeable = False
    return array


@pytest.mark.parametrize("name", OPTIMISERS)
def test_update_leaves_its_arguments_as_they_were(name):
    param, grad = frozen(2, 3), frozen(2, 3)
    state = first = OPTIMISERS[name].init(param)
    kept = [np.copy(part) for part in first]
    for _ in range(3):
        param, state = OPTIMISERS[name].update(grad, state, param)
    assert all(np.array_equal(a, b) for a, b in zip(kept, first, strict=True))


@pytest.mark.parametrize("name", OPTIMISERS)
def test_update_of_a_scalar_is_that_of_an_array_of_one(name):
    spec = OPTIMISERS[name]
    scalar, _ = spec.update(np.array(2.0), spec.init(np.array(1.0)), np.array(1.0))
    array, _ = spec.update(np.array([2.0]), spec.init(np.array([1.0])), np.array([1.0]))
    assert np.shape(scalar) == ()
    assert scalar == array[0]


@pytest.mark.parametrize("name", OPTIMISERS)
def test_defaults_lead_downhill(name):
    spec, param = OPTIMISERS[name], frozen(4)
    state, start = spec.init(param), param
    for _ in range(20):
        param, state = spec.update(param, state, param)
    assert param @ param < start @ start


def test_centred_rmsprop_outlives_a_gradient_that_never_changes():
    param, grad = np.zeros(3), np.array([0.1, 0.3, 7.0])
    state = rmsprop.init(param)
    for _ in range(2000):
        param, state = rmsprop.update(grad, state, param, centred=True, epsilon=0.01)
    assert np.isfinite(param).all()


def test_adam_step_is_bounded_whatever_the_gradient():
    for size in (1e-150, 1.0, 1e150):
        moved, _ = adam.update(np.array(size), adam.init(np.array(0.0)), np.array(0.0), epsilon=0.0)
        assert moved == pytest.approx(-0.001)


def test_nesterovs_two_forms_meet_on_the_toy_surface():
    rate, momentum = 0.005, 0.9
    shifted = plain = np.array(toy_surface.START)
    here = there = nesterov.init(plain)
    for _ in range(50):
        grad = toy_surface.gradient(shifted)
        shifted, here = nesterov.update(
            grad, here, shifted, learning_rate=rate, momentum=momentum, form="shifted"
        )
        point = nesterov.ahead(there, plain, momentum=momentum, form="lookahead")
        plain, there = nesterov.update(
            toy_surface.gradient(point),
            there,
            plain,
            learning_rate=rate,
            momentum=momentum,
            form="lookahead",
        )
    ahead = nesterov.ahead(there, plain, momentum=momentum, form="lookahead")
    assert np.abs(shifted - ahead).max() < 1e-10


def test_levenberg_marquardt_solves_linear_regression_in_one_step():
    x, y = frozen(9, 3), frozen(9)
    solved = levenberg_marquardt.run(np.zeros(3), -y, x, damping=0.0)
    assert np.abs(solved - np.linalg.lstsq(x, y)[0]).max() < 1e-14


@pytest.mark.parametrize("form", ["identity", "diagonal"])
def test_levenberg_marquardt_finds_the_minimum_of_the_toy_surface(form):
    def residuals(w):
        return np.array([k - w[0] * (1 - w[1] ** n) for n, k in ((1, 1.5), (2, 2.25), (3, 2.625))])

    def jacobian(w):
        return np.array([[w[1] ** n - 1, n * w[0] * w[1] ** (n - 1)] for n in (1, 2, 3)])

    # From the lecture's start its long steps cross into the valley that falls towards x = -inf.
    found = levenberg_marquardt.minimise(
        residuals, jacobian, np.array([1.0, 0.8]), steps=60, form=form
    )
    assert np.abs(found - toy_surface.MINIMUM).max() < 1e-8
