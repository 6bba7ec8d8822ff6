"""Few examples: overfitting is more likely with few training cases and with many weights.

Networks with 2 and with 32 hidden units are trained on 10 to 640 noisy points. Overfitting is
measured by the gap: the accuracy on the training data minus that on 500 other points.

Source: lecture 002, "Overfitting and generalization".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._moons import classifier, split
from reference.models import Dense

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2, 3)
EXAMPLES = (10, 40, 160, 640)
UNITS = (2, 32)
EPOCHS = 200


class Result(NamedTuple):
    """For each number of hidden units and of examples, the gap of each seed."""

    gaps: dict[int, dict[int, list[float]]]

    def mean(self, units: int, examples: int) -> float:
        return float(np.mean(self.gaps[units][examples]))


def run() -> Result:
    return Result(
        {
            units: {examples: [_gap(units, examples, s) for s in SEEDS] for examples in EXAMPLES}
            for units in UNITS
        }
    )


def _gap(units: int, examples: int, seed: int) -> float:
    (x, y), others = split(examples, seed=seed, noise=0.3)
    model = classifier([Dense(units, "tanh")], seed=seed)
    model.fit(x, y, epochs=EPOCHS, batch_size=examples, seed=seed)
    return model.evaluate(x, y)["accuracy"] - model.evaluate(*others)["accuracy"]


def sentence(result: Result) -> str:
    few, many = (
        [str(round(100 * result.mean(units, examples))) for examples in EXAMPLES] for units in UNITS
    )
    examples = ", ".join(map(str, EXAMPLES))
    return (
        f"The accuracy on new points is lower than on {examples} training points by "
        f"{', '.join(many)} points with {UNITS[1]} hidden units, and by {', '.join(few)} points "
        f"with {UNITS[0]}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {
        f"{units} units": (EXAMPLES, [result.mean(units, examples) for examples in EXAMPLES])
        for units in UNITS
    }
    return line_chart(curves, x="training examples", title="gap in accuracy", log="x")
