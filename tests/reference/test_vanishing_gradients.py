"""Measured, layer by layer: sigmoids starve the first layers, ReLU with He's weights does not."""

import numpy as np

from reference.models import Dense, Sequential, With, dead_shares, gradient_sizes

LAYERS, WIDTH = 8, 64
X = np.random.default_rng(0).standard_normal((200, WIDTH))
Y = np.random.default_rng(1).standard_normal((200, 1))


def deep(activation, initialiser):
    hidden = [Dense(WIDTH, activation, initialiser=initialiser) for _ in range(LAYERS)]
    return Sequential([*hidden, Dense(1)])


def falls(activation, initialiser):
    """How many times smaller the gradient is at the first layer than at the last hidden one."""
    sizes = gradient_sizes(deep(activation, initialiser), X, Y)
    assert len(sizes) == LAYERS + 1
    return sizes[-2] / sizes[0]


def test_the_size_is_that_of_the_gradient():
    model = Sequential([Dense(1, input_shape=(WIDTH,))])
    gap = model.predict(X) - Y
    gradient = 2 * X.T @ gap / len(X)
    (size,) = gradient_sizes(model, X, Y)
    assert abs(size - np.sqrt((gradient**2).mean())) < 1e-12 * size


def test_sigmoids_divide_the_gradient_by_four_or_more_at_every_layer():
    assert falls("sigmoid", "glorot_normal") > 4 ** (LAYERS - 1)


def test_relu_with_its_own_initialiser_keeps_the_size():
    assert 1 / 10 < falls("relu", "he_normal") < 10


def test_relu_with_weights_for_another_activation_loses_half_of_the_variance_a_layer():
    """Both sample the same noise; far targets make the loss pull equally hard on both."""
    far = 1e6 * Y
    he, glorot = (
        gradient_sizes(deep("relu", initialiser), X, far)[0]
        for initialiser in ("he_normal", "glorot_normal")
    )
    assert abs(he / glorot / np.sqrt(2) ** (LAYERS - 1) - 1) < 1e-4


def test_a_unit_pushed_below_zero_is_dead_and_learns_nothing():
    model = Sequential([Dense(4, "relu", input_shape=(WIDTH,)), Dense(1)])
    layer = model.layers[0]
    layer.weights = {**layer.weights, "bias": np.array([-1e6, 0.0, 0.0, -1e6])}
    assert dead_shares(model, X) == [0.5, 0.0]
    _, _, gradients = model.learn(X, Y, With("mse"), np.random.default_rng(0))
    assert gradients[layer, "weight"].any(axis=0).tolist() == [False, True, True, False]
