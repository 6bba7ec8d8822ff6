"""Sparsity: L1 regularisation makes many weights nearly 0, L2 makes all of them smaller.

The same network is trained on 500 digits with an L1 penalty, with an L2 penalty and without. The
weights of its hidden layer are counted: those below 0.001, and those that are exactly 0. There are
none of the latter. The subgradient of L1 has the same size on both sides of 0, so a weight jumps to
and fro around 0 and never rests there. Exact zeros need a step that stops at 0, the proximal step.

Source: Vanschoren (001), "Weight regularization"; Tibshirani 1996.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
PENALTIES = {
    "none": None,
    "L1": With("l1", strength=0.003),
    "L2": With("l2", strength=0.005),
}
NEARLY_ZERO = 1e-3


class Result(NamedTuple):
    """For each penalty and seed, the sizes of all weights in order, and the accuracy."""

    weights: dict[str, list[list[float]]]
    accuracy: dict[str, list[float]]

    def share(self, name: str) -> list[float]:
        """The share of weights that are nearly 0."""
        return [float((np.array(sizes) < NEARLY_ZERO).mean()) for sizes in self.weights[name]]

    def zeros(self, name: str) -> int:
        """How many weights are exactly 0, for all seeds together."""
        return sum(sizes.count(0.0) for sizes in self.weights[name])


def run() -> Result:
    result = Result({name: [] for name in PENALTIES}, {name: [] for name in PENALTIES})
    for seed in SEEDS:
        data = split(500, seed=seed)
        for name, penalty in PENALTIES.items():
            hidden = Dense(32, "relu", penalty=penalty)
            model = classifier([hidden], With("sgd", learning_rate=0.1), seed=seed)
            model.fit(data.x, data.y, epochs=100, batch_size=32, seed=seed)
            result.weights[name].append(sorted(np.abs(hidden.weights["weight"]).ravel().tolist()))
            result.accuracy[name].append(model.evaluate(*data.test)["accuracy"])
    return result


def sentence(result: Result) -> str:
    share = {name: 100 * np.mean(result.share(name)) for name in PENALTIES}
    middle = {name: np.mean([np.median(w) for w in result.weights[name]]) for name in PENALTIES}
    return (
        f"L1 makes {share['L1']:.0f} % of the weights smaller than {NEARLY_ZERO:g}, L2 "
        f"{share['L2']:.0f} %, and no penalty {share['none']:.1f} %; {result.zeros('L1')} weights "
        f"are exactly 0. L2 makes the weights small instead: the median is {middle['L2']:.2f}, and "
        f"{middle['none']:.2f} without a penalty."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {}
    for name, sizes in result.weights.items():
        shares = np.linspace(0, 1, len(sizes[0]))
        curves[name] = (shares.tolist(), sizes[0])
    title = "size of the hidden weights, in order"
    return line_chart(curves, x="share of the weights", title=title, log="y")
