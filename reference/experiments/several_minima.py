"""Several minima: where the descent ends depends on where it starts.

A network with two hidden ReLU units learns XOR by gradient descent from 24 starts. Some starts lead
to a loss of 0, the global minimum. Others end where the loss is 1/8 or 1/6: on the two or three
points that such a network no longer tells apart, it gives the mean of their targets.

Source: lecture 002, "Back-propagation algorithm"; Sennblad (004), "Gradient descent".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.models import Dense, History, Sequential, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = range(24)
EPOCHS = 600
POINTS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
TARGETS = np.array([[0.0], [1.0], [1.0], [0.0]])


class Result(NamedTuple):
    """The training of each seed."""

    histories: list[History]

    def ends(self) -> list[float]:
        return [each.history["loss"][-1] for each in self.histories]


def run() -> Result:
    histories = []
    for seed in SEEDS:
        model = Sequential([Dense(2, "relu"), Dense(1)], seed=seed)
        model.compile(loss="mse", optimiser=With("sgd", learning_rate=0.1))
        history = model.fit(POINTS, TARGETS, epochs=EPOCHS, batch_size=len(POINTS), seed=seed)
        histories.append(history)
    return Result(histories)


def sentence(result: Result) -> str:
    levels = {"0": 0.0, "1/8": 1 / 8, "1/6": 1 / 6}
    counts = [sum(abs(end - level) < 1e-3 for end in result.ends()) for level in levels.values()]
    found = ", ".join(f"{count} at {name}" for count, name in zip(counts, levels, strict=True))
    return f"{len(SEEDS)} descents from different starts end at different losses: {found}."


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    last = {f"{round(each.history['loss'][-1], 3):.3f}": each for each in result.histories}
    return training_curves(last, title="training loss from starts with different ends")
