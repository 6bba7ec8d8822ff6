"""Data and epochs: the more data, the fewer epochs, since every epoch makes more updates.

The same network is trained on 100 to 1600 digits in batches of 16, until the training loss of an
epoch is below 0.5. The number of epochs and the number of updates are counted.

Source: Lamurias (000), "Training schedules".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import classifier, split
from reference.experiments._epochs import first_below
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
EXAMPLES = (100, 200, 400, 800, 1600)
LEARNED = 0.5  # training loss
BATCH = 16


class Result(NamedTuple):
    """For each number of examples, the epochs of each seed."""

    epochs: dict[int, list[int]]

    def updates(self, examples: int) -> float:
        """The mean number of updates."""
        return float(np.mean(self.epochs[examples])) * -(-examples // BATCH)


def run() -> Result:
    result = Result({examples: [] for examples in EXAMPLES})
    for seed in SEEDS:
        for examples in EXAMPLES:
            data = split(examples, seed=seed, test=0)
            model = classifier([Dense(32, "relu")], With("sgd", learning_rate=0.1), seed=seed)
            enough = 6000 // examples  # twice the epochs that it takes, or more
            history = model.fit(data.x, data.y, epochs=enough, batch_size=BATCH, seed=seed)
            result.epochs[examples].append(first_below(history.history["loss"], LEARNED))
    return result


def sentence(result: Result) -> str:
    first, last = EXAMPLES[0], EXAMPLES[-1]
    few, many = (np.mean(result.epochs[examples]) for examples in (first, last))
    return (
        f"A training loss of {LEARNED:g} takes {few:.0f} epochs with {first} digits and {many:.0f} "
        f"with {last}. But each of those epochs makes more updates: all together, it takes "
        f"{result.updates(first):.0f} and {result.updates(last):.0f}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    means = [float(np.mean(result.epochs[examples])) for examples in EXAMPLES]
    title = f"epochs until the training loss is below {LEARNED:g}"
    return line_chart({"epochs": (EXAMPLES, means)}, x="digits", title=title, log=("x", "y"))
