"""Batch normalisation: it lets deeper networks learn.

Networks of 1, 4 and 8 hidden layers with sigmoids, in which gradients vanish, are trained on 500
digits for 10 epochs, with and without batch normalisation before each activation. They are judged
on new digits. One digit in ten is right by chance.

Source: Vanschoren (001), "Batch Normalization"; Ioffe and Szegedy 2015.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Activation, BatchNorm, Dense, Layer, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
DEPTHS = (1, 4, 8)
WIDTH = 32


class Result(NamedTuple):
    """For each depth, the accuracy of each seed."""

    plain: dict[int, list[float]]
    normalised: dict[int, list[float]]


def run() -> Result:
    return Result(
        {depth: [_accuracy(depth, False, seed) for seed in SEEDS] for depth in DEPTHS},
        {depth: [_accuracy(depth, True, seed) for seed in SEEDS] for depth in DEPTHS},
    )


def _accuracy(depth: int, normalised: bool, seed: int) -> float:
    data = split(500, seed=seed)
    hidden: list[Layer] = []
    for _ in range(depth):
        hidden += [Dense(WIDTH), *([BatchNorm()] if normalised else []), Activation("sigmoid")]
    model = classifier(hidden, With("adam", learning_rate=0.01), seed=seed)
    history = model.fit(
        data.x, data.y, epochs=10, batch_size=32, validation_data=data.test, seed=seed
    )
    return history.history["val_accuracy"][-1]


def sentence(result: Result) -> str:
    plain, normalised = (
        {depth: f"{100 * np.mean(right):.0f} %" for depth, right in each.items()}
        for each in (result.plain, result.normalised)
    )
    return (
        f"Without batch normalisation, accuracy on new digits falls from {plain[1]} with 1 hidden "
        f"layer to {plain[4]} with 4 and {plain[8]} with 8. With it, it is {normalised[1]}, "
        f"{normalised[4]} and {normalised[8]}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {
        name: (DEPTHS, [float(np.mean(right[depth])) for depth in DEPTHS])
        for name, right in (("plain", result.plain), ("batch normalised", result.normalised))
    }
    return line_chart(curves, x="hidden layers", title="accuracy on new digits")
