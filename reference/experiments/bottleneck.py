"""Bottleneck: one narrow layer limits what a network can learn.

Two networks with three hidden layers are trained on 500 digits for 40 epochs. One has 64 units in
each, the other has 2 units in the middle. Lecture 001 shows a much higher training loss with a
bottleneck, and no overfitting. The first is found here, the second is not: the loss on new digits
is much higher than the training loss with a bottleneck, too.

Source: Vanschoren (001), "Information bottleneck".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, History, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
HIDDEN = {"wide": (64, 64, 64), "bottleneck": (64, 2, 64)}
EPOCHS = 40


class Result(NamedTuple):
    """For each network, the training of each seed."""

    histories: dict[str, list[History]]

    def last(self, name: str, value: str) -> list[float]:
        return [each.history[value][-1] for each in self.histories[name]]


def run() -> Result:
    return Result({name: [_trained(hidden, s) for s in SEEDS] for name, hidden in HIDDEN.items()})


def _trained(hidden: tuple[int, ...], seed: int) -> History:
    data = split(500, seed=seed)
    layers = [Dense(units, "tanh") for units in hidden]
    model = classifier(layers, With("adam", learning_rate=0.003), seed=seed)
    return model.fit(
        data.x, data.y, epochs=EPOCHS, batch_size=32, validation_data=data.test, seed=seed
    )


def sentence(result: Result) -> str:
    wide, narrow = (
        [np.mean(result.last(name, value)) for value in ("loss", "val_loss")] for name in HIDDEN
    )
    return (
        f"With 2 units in the middle, the training loss is {narrow[0]:.2f} instead of "
        f"{wide[0]:.3f}. The loss on new digits is {narrow[1]:.2f} instead of {wide[1]:.2f}: the "
        "bottleneck limits the network, but at this size it does not prevent overfitting."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {name: histories[0] for name, histories in result.histories.items()}
    return training_curves(runs, title="loss with and without a bottleneck")
