"""Pictures of activations and of what they do to gradients."""

from typing import TYPE_CHECKING

import numpy as np

from reference.models import Dense, Sequential, With
from reference.pictures import activation_curves, gradient_falls

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HIDDEN_LAYERS = 8


def activations() -> "Figure":
    """Activations and their derivatives."""
    leaky = With("leaky_relu", negative_slope=0.1)  # a slope of 0.01 would not be seen
    first = ("step", "identity", "sigmoid", "tanh")
    return activation_curves([*first, "relu", leaky, "prelu", "swish"], columns=4)


def output_activations() -> "Figure":
    """Sigmoid, and softmax of nine numbers, as activations of the output layer."""
    return activation_curves(["sigmoid", "softmax"], columns=2, derivative=False)


def saturation() -> "Figure":
    """Where activations saturate: in the shaded parts the derivative is below 0.05."""
    return activation_curves(["sigmoid", "tanh", "relu"], flat=0.05)


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


PICTURES = (activations, output_activations, saturation, gradients)
