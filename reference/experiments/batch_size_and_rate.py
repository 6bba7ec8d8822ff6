"""Batch size and rate: growing the batch does the same as lowering the rate, with fewer updates.

The noise of an update is about the learning rate divided by the batch size, so both ways make it
smaller. A network is trained on 1000 digits in three stages of 4 epochs. In every stage after the
first, either the rate is divided by 4 or the batch is made 4 times as large. A third training
changes nothing.

Source: Vanschoren (001), "Choosing training hyperparameters"; Smith et al. 2018.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
EXAMPLES = 1000
STAGE = 4  # epochs
PLANS = {  # learning rate and batch size of each stage
    "lower rate": ((0.6, 8), (0.15, 8), (0.0375, 8)),
    "larger batch": ((0.6, 8), (0.6, 32), (0.6, 128)),
    "nothing changed": ((0.6, 8), (0.6, 8), (0.6, 8)),
}
Stages = tuple[tuple[float, int], ...]


class Result(NamedTuple):
    """For each plan and seed, the training loss by epoch; for each plan, the number of updates."""

    losses: dict[str, list[list[float]]]
    updates: dict[str, int]

    def last(self, plan: str) -> list[float]:
        """The mean loss of the last three epochs, for each seed."""
        return [float(np.mean(losses[-3:])) for losses in self.losses[plan]]


def run() -> Result:
    losses = {plan: [_losses(stages, seed) for seed in SEEDS] for plan, stages in PLANS.items()}
    updates = {
        plan: sum(STAGE * -(-EXAMPLES // size) for _, size in stages)
        for plan, stages in PLANS.items()
    }
    return Result(losses, updates)


def _losses(stages: Stages, seed: int) -> list[float]:
    data, losses = split(EXAMPLES, seed=seed), []
    model = classifier([Dense(16, "relu")], "sgd", seed=seed)
    for number, (rate, size) in enumerate(stages):
        model.compile(loss="cross_entropy", optimiser=With("sgd", learning_rate=rate))
        order = seed * len(stages) + number  # each stage shuffles in another way
        history = model.fit(data.x, data.y, epochs=STAGE, batch_size=size, seed=order)
        losses += history.history["loss"]
    return losses


def sentence(result: Result) -> str:
    lower, larger, same = (np.mean(result.last(plan)) for plan in PLANS)
    return (
        f"Three stages end at a training loss of {lower:.3f} with a lower and lower rate, and of "
        f"{larger:.3f} with larger and larger batches, which need {result.updates['larger batch']} "
        f"updates instead of {result.updates['lower rate']}; with neither, it is {same:.3f}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    epochs = list(range(3 * STAGE))
    curves = {plan: (epochs, losses[0]) for plan, losses in result.losses.items()}
    return line_chart(curves, x="epoch", title="training loss", log=True)
