"""Generalisation: small batches are said to generalise better than large ones.

A fair test compares networks that fit the training data equally well. The same network is trained
on 200 digits in batches of 4 and in one batch of all. Each is judged on 500 other digits at the end
of the first epoch in which its training loss is below 0.05. At this size the claim does not show:
the mean difference in accuracy is less than one point, and the sign depends on the seed. In the
literature the gap is found in far larger networks, at the end of far longer trainings.

Source: Lamurias (000), "Minibatch size"; Vanschoren (001), "Choosing training hyperparameters";
Keskar et al. 2017.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.experiments._epochs import first_below
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2, 3, 4)
EXAMPLES = 200
FITTED = 0.05  # training loss
SETTINGS = {4: (0.1, 25), EXAMPLES: (0.5, 240)}  # learning rate and epochs of each batch size


class Result(NamedTuple):
    """For each batch size and seed, the accuracy on the other digits."""

    accuracy: dict[int, list[float]]

    def gain(self) -> list[float]:
        """How much higher the accuracy is with small batches, in points, for each seed."""
        pairs = zip(self.accuracy[4], self.accuracy[EXAMPLES], strict=True)
        return [100 * (small - large) for small, large in pairs]


def run() -> Result:
    result = Result({size: [] for size in SETTINGS})
    for seed in SEEDS:
        data = split(EXAMPLES, seed=seed)
        for size, (rate, epochs) in SETTINGS.items():
            model = classifier([Dense(32, "relu")], With("sgd", learning_rate=rate), seed=seed)
            history = model.fit(
                data.x,
                data.y,
                epochs=epochs,
                batch_size=size,
                validation_data=data.test,
                seed=seed,
            )
            fitted = first_below(history.history["loss"], FITTED)
            result.accuracy[size].append(history.history["val_accuracy"][fitted - 1])
    return result


def sentence(result: Result) -> str:
    small, large = (100 * np.mean(result.accuracy[size]) for size in SETTINGS)
    gains = result.gain()
    return (
        f"At the same training loss, {small:.1f} % of new digits are right with batches of 4, and "
        f"{large:.1f} % with one batch of {EXAMPLES}; by seed, the difference lies between "
        f"{min(gains):+.1f} and {max(gains):+.1f} points. At this size the claim does not show."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {f"batches of {size}": (SEEDS, result.accuracy[size]) for size in SETTINGS}
    title = "accuracy on new digits at the same training loss"
    return line_chart(curves, x="seed", title=title)
