"""Pictures of activations and of what they do to gradients."""

from typing import TYPE_CHECKING

import numpy as np

from reference.models import Dense, Sequential
from reference.pictures import activation_curves, gradient_falls

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HIDDEN_LAYERS = 8


def activations() -> "Figure":
    """Activations and their derivatives."""
    return activation_curves()


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


PICTURES = (activations, gradients)
