"""Digits for the experiments: shuffled with a seed, pixels from 0 to 1, one-hot labels."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.data import digits
from reference.models import Dense, Layer, Sequential
from reference.preprocessing import one_hot
from reference.spec import Index, Real

CLASSES = 10
BLACK = 16  # the largest value of a pixel


class Split(NamedTuple):
    """Examples to train on, and others to test on; labels are one-hot rows."""

    x: Real
    y: Real
    test: tuple[Real, Real]


def images(seed: int) -> tuple[Real, Index]:
    """All 1797 digits as rows of 64 pixels, in an order that the seed decides."""
    pixels, labels = digits()
    order = np.random.default_rng(seed).permutation(len(labels))
    return pixels.reshape(len(labels), -1)[order] / BLACK, labels[order]


def split(examples: int, *, seed: int, test: int = 500) -> Split:
    pixels, labels = images(seed)
    x, y = pixels[: examples + test], one_hot.run(labels[: examples + test], classes=CLASSES)
    return Split(x[:examples], y[:examples], (x[examples:], y[examples:]))


def classifier(hidden: Sequence[Layer], optimiser: Any, *, seed: int) -> Sequential:
    """A network with ten outputs, compiled with cross-entropy and accuracy."""
    model = Sequential([*hidden, Dense(CLASSES, "softmax")], seed=seed)
    model.compile(loss="cross_entropy", optimiser=optimiser, metrics=["accuracy"])
    return model
