"""Uniform or normal: uniform weights are said to be better for deeper networks.

Glorot's uniform and normal initialisers have the same variance, and the size of the gradient
depends on the variance alone. So a network of 30 layers should lose as much gradient with one as
with the other. Measured is the size of the gradient in the first layer, divided by that in the last
hidden one, and the accuracy of a network of 10 layers on new digits after 20 epochs. The claim does
not show. What differs is the largest weight: a uniform one is never more than 1.73 standard
deviations from zero.

Source: Vanschoren (001), "Weight initialization"; Glorot and Bengio 2010.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, Sequential, With, gradient_sizes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = tuple(range(8))
TRAINED = SEEDS[:3]
INITIALISERS = {"uniform": "glorot_uniform", "normal": "glorot_normal"}
DEEP, LAYERS, WIDTH = 30, 10, 64


class Result(NamedTuple):
    """For each distribution: gradient sizes by layer for each seed, and accuracies for some."""

    sizes: dict[str, list[list[float]]]
    accuracy: dict[str, list[float]]

    def kept(self, name: str) -> list[float]:
        return [sizes[0] / sizes[-1] for sizes in self.sizes[name]]


def run() -> Result:
    sizes = {name: [_sizes(each, s) for s in SEEDS] for name, each in INITIALISERS.items()}
    accuracy = {name: [_accuracy(each, s) for s in TRAINED] for name, each in INITIALISERS.items()}
    return Result(sizes, accuracy)


def _sizes(initialiser: str, seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((100, WIDTH)), rng.standard_normal((100, 1))
    hidden = [Dense(WIDTH, "tanh", initialiser=initialiser) for _ in range(DEEP)]
    model = Sequential([*hidden, Dense(1)], seed=seed)
    return gradient_sizes(model, x, y)[:-1]  # without the output layer


def _accuracy(initialiser: str, seed: int) -> float:
    data = split(500, seed=seed)
    hidden = [Dense(32, "tanh", initialiser=initialiser) for _ in range(LAYERS)]
    model = classifier(hidden, With("sgd", learning_rate=0.03), seed=seed)
    history = model.fit(
        data.x, data.y, epochs=20, batch_size=16, validation_data=data.test, seed=seed
    )
    return history.history["val_accuracy"][-1]


def sentence(result: Result) -> str:
    uniform, normal = (sorted(result.kept(name)) for name in INITIALISERS)
    right = {name: 100 * np.mean(result.accuracy[name]) for name in INITIALISERS}
    return (
        f"Through {DEEP} layers of tanh, the first layer has {uniform[0]:.1f} to {uniform[-1]:.1f} "
        f"of the gradient of the last with uniform weights, by seed, and {normal[0]:.1f} to "
        f"{normal[-1]:.1f} with normal ones; {LAYERS} layers reach {right['uniform']:.0f} % and "
        f"{right['normal']:.0f} % on new digits. The claim does not show: both have the same "
        "variance, and that decides."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    layers = list(range(1, DEEP + 1))
    curves = {
        name: (layers, np.median(sizes, axis=0).tolist()) for name, sizes in result.sizes.items()
    }
    return line_chart(curves, x="layer", title="size of the gradient, median of 8 seeds", log=True)
