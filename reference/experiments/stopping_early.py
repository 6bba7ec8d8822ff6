"""Stopping early: training stops when the validation loss no longer improves.

A network with 32 hidden units is trained on 50 noisy points for 600 epochs, and again with early
stopping, which waits for 40 epochs without improvement and restores the best weights. Both are
judged on 500 points that neither of them used: the validation data decides when to stop, so it can
no longer be the judge.

Source: Vanschoren (001), "Early stopping"; lecture 002, "Overfitting and generalization".
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._moons import Data, classifier, split
from reference.models import Callback, Dense, EarlyStopping, History, Sequential

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2, 3)
EXAMPLES, NOISE, EPOCHS, PATIENCE = 50, 0.35, 600, 40
NEW = 500  # added to the seed for the data of the judge


class Result(NamedTuple):
    """For each seed: the full training, the epochs of the stopped one, and both losses on new data.

    The full training records the validation loss of every epoch, but does not use it.
    """

    histories: list[History]
    epochs: list[int]
    full: list[float]
    stopped: list[float]


def run() -> Result:
    result = Result([], [], [], [])
    for seed in SEEDS:
        data = split(EXAMPLES, seed=seed, noise=NOISE)
        _, new = split(EXAMPLES, seed=seed + NEW, noise=NOISE)
        patient = EarlyStopping(patience=PATIENCE, restore_best_weights=True)
        full, stopped = (classifier([Dense(32, "tanh")], seed=seed) for _ in range(2))
        result.histories.append(_trained(full, data, [], seed))
        result.epochs.append(len(_trained(stopped, data, [patient], seed).epoch))
        result.full.append(full.evaluate(*new)["loss"])
        result.stopped.append(stopped.evaluate(*new)["loss"])
    return result


def _trained(model: Sequential, data: Data, callbacks: list[Callback], seed: int) -> History:
    (x, y), validation = data
    return model.fit(
        x,
        y,
        epochs=EPOCHS,
        batch_size=EXAMPLES,
        validation_data=validation,
        callbacks=callbacks,
        seed=seed,
    )


def sentence(result: Result) -> str:
    return (
        f"Early stopping ends after {min(result.epochs)} to {max(result.epochs)} epochs instead of "
        f"{EPOCHS}, by seed. The loss on new points is {np.mean(result.stopped):.2f} instead of "
        f"{np.mean(result.full):.2f}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import training_curves

    title = "loss, and where early stopping ends"
    last = result.epochs[0] - 1
    return training_curves({"": result.histories[0]}, title=title, marks={"": last})
