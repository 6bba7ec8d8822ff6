"""The pictures that `check show` can draw. Each is computed when drawn, from a fixed seed."""

from typing import TYPE_CHECKING

import numpy as np

from reference.data import two_moons
from reference.models import Dense, Sequential, With
from reference.pictures import (
    activation_curves,
    decision_boundary,
    gradient_falls,
    loss_curves,
    network_drawing,
    optimiser_paths,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OPTIMISERS = {
    "gradient descent": With("sgd", learning_rate=0.002),
    "momentum": With("momentum", learning_rate=0.001, momentum=0.9),
    "Nesterov": With("nesterov", learning_rate=0.001, momentum=0.9),
    "Adagrad": With("adagrad", learning_rate=0.4),
    "RMSProp": With("rmsprop", learning_rate=0.02),
    "Adam": With("adam", learning_rate=0.1),
    "Adamax": With("adamax", learning_rate=0.1),
    "Adadelta": With("adadelta", learning_rate=1.0),
}
HIDDEN_LAYERS = 8


def activations() -> "Figure":
    """Activations and their derivatives."""
    return activation_curves()


def boundary() -> "Figure":
    """The decision boundary of a small network on two moons."""
    model, (points, labels) = moons(), two_moons.run(examples=200, noise=0.15)
    model.fit(points, labels[:, None].astype(float), epochs=150)
    return decision_boundary(model, points, labels)


def gradients() -> "Figure":
    """Gradients that vanish from layer to layer, for three activations."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((64, 20)), rng.standard_normal((64, 1))
    networks = {}
    for name, initialiser in (
        ("sigmoid", "glorot_normal"),
        ("tanh", "glorot_normal"),
        ("relu", "he_normal"),
    ):
        hidden = [Dense(20, name, initialiser=initialiser) for _ in range(HIDDEN_LAYERS)]
        networks[name] = Sequential([*hidden, Dense(1)])
        networks[name].build((20,))
    return gradient_falls(networks, x, y)


def losses() -> "Figure":
    """Training and validation loss of a small network on two moons."""
    points, labels = two_moons.run(examples=50, noise=0.35)
    history = moons().fit(points, labels[:, None].astype(float), epochs=120, validation_split=0.4)
    return loss_curves(history)


def network() -> "Figure":
    """The network of lecture 000, with its 37 parameters."""
    model = Sequential([Dense(4, "sigmoid"), Dense(4, "sigmoid"), Dense(1, "sigmoid")])
    model.build((2,))
    return network_drawing(model)


def optimisers() -> "Figure":
    """The paths of eight optimisers on the toy surface of lecture 001."""
    return optimiser_paths(OPTIMISERS)


PICTURES = {
    picture.__name__: picture
    for picture in (activations, boundary, gradients, losses, network, optimisers)
}


def moons() -> Sequential:
    model = Sequential([Dense(16, "tanh"), Dense(16, "tanh"), Dense(1, "sigmoid")])
    adam = With("adam", learning_rate=0.01)
    model.compile(loss="binary_cross_entropy", optimiser=adam, metrics=["accuracy"])
    return model
