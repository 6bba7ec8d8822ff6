"""Capacity: too few weights underfit, too many overfit.

Networks with 1 to 128 hidden units are trained on the same 50 noisy points until their training
loss hardly falls. Their loss on 500 other points falls first, and then rises.

Source: Vanschoren (001), "Regularization and memorization capacity"; lecture 002, "overfitting".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._moons import classifier, split
from reference.models import Dense

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2, 3)
UNITS = (1, 2, 4, 8, 32, 128)
EXAMPLES, EPOCHS = 50, 600


class Result(NamedTuple):
    """For each number of hidden units: the number of weights, and losses of each seed."""

    weights: dict[int, int]
    training: dict[int, list[float]]
    validation: dict[int, list[float]]


def run() -> Result:
    result = Result({}, {units: [] for units in UNITS}, {units: [] for units in UNITS})
    for seed in SEEDS:
        (x, y), others = split(EXAMPLES, seed=seed, noise=0.2)
        for units in UNITS:
            model = classifier([Dense(units, "tanh")], seed=seed)
            model.fit(x, y, epochs=EPOCHS, batch_size=EXAMPLES, seed=seed)
            result.weights[units] = model.count(learned=True)
            result.training[units].append(model.evaluate(x, y)["loss"])
            result.validation[units].append(model.evaluate(*others)["loss"])
    return result


def means(losses: dict[int, list[float]]) -> list[float]:
    return [float(np.mean(losses[units])) for units in UNITS]


def sentence(result: Result) -> str:
    training, validation = means(result.training), means(result.validation)
    weights = [result.weights[units] for units in UNITS]
    best = int(np.argmin(validation))
    return (
        f"From {weights[0]} to {weights[-1]} weights the training loss falls from "
        f"{training[0]:.2f} to {training[-1]:.3f}. The validation loss falls from "
        f"{validation[0]:.2f} to {validation[best]:.2f} with {weights[best]} weights, and rises to "
        f"{validation[-1]:.2f} with {weights[-1]}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    weights = [result.weights[units] for units in UNITS]
    curves = {
        "training": (weights, means(result.training)),
        "validation": (weights, means(result.validation)),
    }
    return line_chart(curves, x="weights", title="loss, mean of four seeds", log="x")
