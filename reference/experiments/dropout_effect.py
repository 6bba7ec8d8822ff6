"""Dropout effect: training data is harder to fit, and new data is fitted better.

A network with 32 hidden units is trained on 50 noisy points, with 30 % of the hidden outputs
dropped in every update, and without dropout. It is judged on 500 other points. On the digits,
which have little noise that could be memorised, the same comparison goes either way.

Source: Vanschoren (001), "Dropout"; lecture 002, "dropout"; Srivastava et al. 2014.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._moons import classifier, split
from reference.models import Dense, Dropout, History

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = tuple(range(6))
RATES = {"no dropout": 0.0, "dropout": 0.3}
EXAMPLES, NOISE, EPOCHS = 50, 0.35, 400


class Result(NamedTuple):
    """For each rate: the training of each seed, and the losses at its end, without dropout."""

    histories: dict[str, list[History]]
    training: dict[str, list[float]]
    new: dict[str, list[float]]


def run() -> Result:
    result = Result({n: [] for n in RATES}, {n: [] for n in RATES}, {n: [] for n in RATES})
    for seed in SEEDS:
        (x, y), others = split(EXAMPLES, seed=seed, noise=NOISE)
        for name, rate in RATES.items():
            model = classifier([Dense(32, "relu"), Dropout(rate)], seed=seed)
            history = model.fit(
                x, y, epochs=EPOCHS, batch_size=EXAMPLES, validation_data=others, seed=seed
            )
            result.histories[name].append(history)
            result.training[name].append(model.evaluate(x, y)["loss"])
            result.new[name].append(model.evaluate(*others)["loss"])
    return result


def sentence(result: Result) -> str:
    training, new = (
        {name: np.mean(losses) for name, losses in each.items()}
        for each in (result.training, result.new)
    )
    lower = np.less(result.new["dropout"], result.new["no dropout"]).sum()
    return (
        f"Dropout of {100 * RATES['dropout']:.0f} % raises the training loss from "
        f"{training['no dropout']:.2f} to {training['dropout']:.2f} and lowers the loss on new "
        f"points from {new['no dropout']:.2f} to {new['dropout']:.2f}, on average; it is lower "
        f"with {lower} of {len(SEEDS)} seeds."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {}
    for name, histories in result.histories.items():
        losses = np.mean([each.history["val_loss"] for each in histories], axis=0)
        curves[name] = (list(range(EPOCHS)), losses.tolist())
    title = f"loss on new points, mean of {len(SEEDS)} seeds"
    return line_chart(curves, x="epoch", title=title)
