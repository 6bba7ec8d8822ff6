"""Shared weights: a convolution reads digits better than a dense network of as many weights.

Both networks are trained on 1297 digits and judged on 500 others, as they are and moved to the
right by one pixel. The convolutional one has two convolutions with 16 and 32 filters of 3 by 3,
each followed by max pooling, and a dense output layer. The dense one has 80 hidden units, which
makes nearly the same number of weights.

Source: Vanschoren (001), which names convolutional networks; LeCun et al. 1989.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import CLASSES, split
from reference.models import (
    Convolution,
    Dense,
    Dropout,
    History,
    Layer,
    MaxPooling,
    Reshape,
    Sequential,
    With,
)
from reference.windows import padding

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1)
EXAMPLES, EPOCHS = 1297, 12
IMAGE = (1, 8, 8)  # channels, height, width
NETWORKS = ("convolutional", "dense")


class Trained(NamedTuple):
    weights: int
    history: History
    moved: float  # accuracy on the digits that are moved

    @property
    def accuracy(self) -> float:
        return self.history.history["val_accuracy"][-1]


class Result(NamedTuple):
    """The training of each network from each seed."""

    trained: dict[str, list[Trained]]

    def accuracy(self, name: str) -> list[float]:
        return [each.accuracy for each in self.trained[name]]

    def moved(self, name: str) -> list[float]:
        return [each.moved for each in self.trained[name]]


def run() -> Result:
    return Result({name: [_trained(name, seed) for seed in SEEDS] for name in NETWORKS})


def network(name: str, seed: int) -> Sequential:
    hidden = _convolutions() if name == "convolutional" else [Dense(80, "relu")]
    layers = [*hidden, Dropout(0.3), Dense(CLASSES, "softmax")]
    model = Sequential(layers, seed=seed, dtype="float32")
    adam = With("adam", learning_rate=0.005)
    model.compile(loss="cross_entropy", optimiser=adam, metrics=["accuracy"])
    return model


def _convolutions() -> list[Layer]:
    found: list[Layer] = [Reshape(IMAGE)]
    for filters in (16, 32):
        found += [
            Convolution(filters, 3, "relu", padding="same", initialiser="he_normal"),
            MaxPooling(2),
        ]
    return [*found, Reshape()]


def _trained(name: str, seed: int) -> Trained:
    data, model = split(EXAMPLES, seed=seed), network(name, seed)
    history = model.fit(data.x, data.y, epochs=EPOCHS, validation_data=data.test, seed=seed)
    images, labels = data.test
    moved = padding.forward(images.reshape(-1, *IMAGE), before=(0, 1), after=(0, -1))
    moved = moved.reshape(images.shape)
    return Trained(model.count(learned=True), history, model.evaluate(moved, labels)["accuracy"])


def sentence(result: Result) -> str:
    right = {name: 100 * np.mean(result.accuracy(name)) for name in NETWORKS}
    moved = {name: 100 * np.mean(result.moved(name)) for name in NETWORKS}
    weights = {name: each[0].weights for name, each in result.trained.items()}
    return (
        f"With {weights['convolutional']} weights, the convolutional network reads "
        f"{right['convolutional']:.1f} % of new digits, and the dense one with {weights['dense']} "
        f"reads {right['dense']:.1f} %. Of digits moved by one pixel, which neither has seen, they "
        f"read {moved['convolutional']:.0f} % and {moved['dense']:.0f} %."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    epochs = list(range(1, EPOCHS + 1))
    curves = {
        name: (epochs, np.mean([t.history.history["val_accuracy"] for t in each], axis=0).tolist())
        for name, each in result.trained.items()
    }
    return line_chart(curves, x="epoch", title="accuracy on new digits, mean of two seeds")
