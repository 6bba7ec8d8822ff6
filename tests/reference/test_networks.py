"""Networks of unequal widths, and what depth does to the gradient."""

from itertools import pairwise

import numpy as np
import pytest

from reference.catalogue import operation
from reference.networks import gradient_sizes, mlp, parameter_counts

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

DEPTH, WIDTH = 20, 32


def test_parameter_counts_are_those_the_lectures_print():
    small, large = parameter_counts.run((2, 4, 4, 1)), parameter_counts.run((784, 512, 512, 10))
    assert (small.tolist(), small.sum()) == ([12, 20, 5], 37)
    assert (large.tolist(), large.sum()) == ([401920, 262656, 5130], 669706)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_gradients_of_layers_of_unequal_widths_equal_torch(activation):
    rng, widths = np.random.default_rng(0), (2, 4, 3, 1)
    shapes = list(pairwise(widths))
    x, grad = rng.normal(size=(5, 2)), rng.normal(size=(5, 1))
    weights = [rng.normal(size=shape) for shape in shapes]
    biases = [rng.normal(size=k) for _, k in shapes]
    dx, dws, dbs = mlp.gradients(grad, x, weights, biases, activation)

    start, *parameters = [torch.tensor(p, requires_grad=True) for p in (x, *weights, *biases)]
    output = mlp.in_torch(torch, start, parameters[:3], parameters[3:], activation)
    wanted = torch.autograd.grad(output, [start, *parameters], torch.tensor(grad))
    for mine, theirs in zip((dx, *dws, *dbs), wanted, strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-14, atol=1e-14)


@pytest.mark.parametrize("initialiser", ["glorot_uniform", "he_normal"])
def test_sigmoids_let_the_gradient_vanish_on_its_way_down(initialiser):
    sizes = _sizes("sigmoid", initialiser)
    assert sizes[0] < 1e-9 * sizes[-1]


@pytest.mark.parametrize(
    ("activation", "initialiser"), [("relu", "he_normal"), ("tanh", "glorot_uniform")]
)
def test_the_initialiser_made_for_an_activation_keeps_the_gradient_level(activation, initialiser):
    sizes = _sizes(activation, initialiser)
    assert sizes.max() < 10 * sizes.min()


def test_weights_of_one_deviation_too_small_or_large_starve_or_drown_every_layer_alike():
    kept, small, large = (_sizes("relu", each) for each in ("he_normal", "small", "large"))
    assert (small < 1e-20 * kept).all()
    assert (large > 1e6 * kept).all()


def test_one_dead_layer_silences_all_below_it():
    weights, biases = _network("he_normal")
    biases[3] -= 100.0
    sizes = gradient_sizes.run(_examples(), weights, biases, activation="relu")
    assert (sizes[:5] == 0).all()


def _sizes(activation, initialiser):
    return gradient_sizes.run(_examples(), *_network(initialiser), activation=activation)


def _network(initialiser):
    rng = np.random.default_rng(1)
    shape = (WIDTH, WIDTH)
    if initialiser in ("small", "large"):
        deviation = {"small": 0.01, "large": 1.0}[initialiser]
        weights = [deviation * rng.normal(size=shape) for _ in range(DEPTH)]
    else:
        weights = [operation(initialiser).sample(rng, shape) for _ in range(DEPTH)]
    return weights, np.zeros((DEPTH, WIDTH))


def _examples():
    return np.random.default_rng(2).normal(size=(64, WIDTH))
