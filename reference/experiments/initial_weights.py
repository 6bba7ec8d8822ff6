"""Initial weights: too small they shrink the activations, too large they blow them up.

Random inputs go through 20 dense layers of 100 units. The size of the activations of a layer, the
root of their mean square, is measured for several initialisers. Zeros are measured in training: all
units of a hidden layer stay copies of one unit.

    Glorot     variance 2 / (inputs + outputs)     keeps the size in linear layers, nearly for tanh
    He         variance 2 / inputs                 keeps the size in layers with ReLU

Source: Vanschoren (001), "Weight initialization"; Glorot and Bengio 2010; He et al. 2015.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.data import two_moons
from reference.models import Dense, Sequential, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
LAYERS, WIDTH, EXAMPLES = 20, 100, 200
PLANS = {  # initialiser with its settings, and activation
    "small, tanh": (With("normal", std=0.01), "tanh"),
    "Glorot, tanh": (With("glorot_normal"), "tanh"),
    "Glorot, ReLU": (With("glorot_normal"), "relu"),
    "He, ReLU": (With("he_normal"), "relu"),
    "large, ReLU": (With("normal", std=1.0), "relu"),
}


class Result(NamedTuple):
    """For each plan and seed, the sizes from the inputs to the last layer.

    `units` is the number of different hidden units after a training that started from zeros.
    """

    sizes: dict[str, list[list[float]]]
    units: list[int]

    def change(self, plan: str) -> list[float]:
        """The size at the last layer divided by that of the inputs, for each seed."""
        return [sizes[-1] / sizes[0] for sizes in self.sizes[plan]]


def run() -> Result:
    sizes = {plan: [_sizes(*PLANS[plan], seed) for seed in SEEDS] for plan in PLANS}
    return Result(sizes, [_different_units(seed) for seed in SEEDS])


def _sizes(initialiser: With, activation: str, seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((EXAMPLES, WIDTH))
    sizes = [float(np.sqrt((x**2).mean()))]
    for _ in range(LAYERS):
        weight = initialiser.operation.sample(rng, (WIDTH, WIDTH), **initialiser.settings)
        x = With(activation).forward(x @ weight)
        sizes.append(float(np.sqrt((x**2).mean())))
    return sizes


def _different_units(seed: int) -> int:
    """How many of 8 hidden units differ in their outputs after training from zeros."""
    points, labels = two_moons.run(examples=100, seed=seed)
    hidden = Dense(8, "sigmoid", initialiser="zeros")
    model = Sequential([hidden, Dense(1, "sigmoid", initialiser="zeros")])
    model.compile(loss="binary_cross_entropy", optimiser=With("sgd", learning_rate=0.5))
    model.fit(points, labels[:, None].astype(float), epochs=20, seed=seed)
    return len(np.unique(Sequential([hidden]).predict(points).round(12), axis=1).T)


def sentence(result: Result) -> str:
    change = {plan: np.mean(result.change(plan)) for plan in PLANS}
    return (
        f"Through {LAYERS} layers the size of the activations changes by a factor of "
        f"{change['small, tanh']:.0e} with weights of standard deviation 0.01, "
        f"{change['large, ReLU']:.0e} with 1, {change['Glorot, tanh']:.2f} with Glorot for tanh "
        f"and {change['He, ReLU']:.2f} with He for ReLU. After a start from zeros, 8 hidden units "
        f"have learned {max(result.units)} function: all are the same."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    layers = list(range(LAYERS + 1))
    curves = {plan: (layers, sizes[0]) for plan, sizes in result.sizes.items()}
    return line_chart(curves, x="layer", title="size of the activations", log=True)
