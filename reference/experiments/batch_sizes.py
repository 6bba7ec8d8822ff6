"""Batch sizes: small batches learn more in an epoch, but an epoch takes longer.

The same network is trained on 500 digits with four batch sizes, from the same weights, at the same
learning rate and for the same number of epochs. A batch of 1 makes 500 updates in an epoch, and the
whole data set as one batch makes one. The seconds of an epoch are measured, so they differ from
computer to computer.

Source: Lamurias (000), "Minibatch size"; lecture 002, "batches".
"""

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from reference.experiments._digits import classifier, split
from reference.models import Dense, History, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
SIZES = (1, 8, 64, 500)
EPOCHS = 10


class Result(NamedTuple):
    """For each batch size: the trainings and the seconds of an epoch, one for each seed."""

    histories: dict[int, list[History]]
    seconds: dict[int, list[float]]

    def last(self, size: int) -> list[float]:
        return [each.history["loss"][-1] for each in self.histories[size]]


def run() -> Result:
    result = Result({size: [] for size in SIZES}, {size: [] for size in SIZES})
    for seed in SEEDS:
        data = split(500, seed=seed)
        for size in SIZES:
            optimiser = With("sgd", learning_rate=0.05)
            model = classifier([Dense(16, "tanh")], optimiser, seed=seed)
            start = perf_counter()
            history = model.fit(data.x, data.y, epochs=EPOCHS, batch_size=size, seed=seed)
            result.seconds[size].append((perf_counter() - start) / EPOCHS)
            result.histories[size].append(history)
    return result


def sentence(result: Result) -> str:
    losses = ", ".join(f"{result.last(size)[0]:.2g} for {size}" for size in SIZES)
    ratio = min(result.seconds[1]) / min(result.seconds[500])
    return (
        f"After {EPOCHS} epochs on 500 digits, the training loss by batch size is {losses}. "
        f"But an epoch takes {ratio:.0f} times longer with batches of 1 than with one batch of all."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    runs = {f"batches of {size}": result.histories[size][0] for size in SIZES}
    return training_curves(runs, title="training loss by batch size")
