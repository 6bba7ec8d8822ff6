"""Pictures of what a convolutional network has learned about images."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from reference.data import digits
from reference.models import Convolution, Dense, MaxPooling, Reshape, Sequential, With
from reference.pictures import feature_maps as drawn
from reference.preprocessing import one_hot
from reference.windows import convolution

if TYPE_CHECKING:
    from matplotlib.figure import Figure

EXAMPLES, KERNELS, SHOWN = 600, 6, (0, 1, 7)


def feature_maps() -> "Figure":
    """Six kernels that a network has learned on digits, and the maps that they make of three."""
    images, labels = digits()
    kernels = learned().weights["weight"]
    shown = np.array([images[labels == label][0] for label in SHOWN]) / 16
    return drawn(shown, kernels[:, 0], convolution.forward(shown[:, None], kernels, None))


@cache
def learned() -> Convolution:
    """The first layer of a small network that has learned to read."""
    images, labels = digits()
    first = Convolution(KERNELS, 3, "relu", initialiser="he_normal")
    layers = [Reshape((1, 8, 8)), first, MaxPooling(2), Reshape(), Dense(10, "softmax")]
    model = Sequential(layers)
    adam = With("adam", learning_rate=0.01)
    model.compile(loss="cross_entropy", optimiser=adam)
    x, y = images[:EXAMPLES] / 16, one_hot.run(labels[:EXAMPLES], classes=10)
    model.fit(x, y, epochs=10, seed=0)
    return first


PICTURES = (feature_maps,)
