"""Shuffling: without it the batches repeat in every epoch, and so do their losses.

A network is trained on 320 digits in 10 batches, with and without a new order in every epoch. The
loss of each batch is recorded before its update. Two numbers are measured: the correlation of the
losses of one epoch with those of the next, and the accuracy on other digits if the digits are
sorted by class, so that each batch shows one class or two.

Source: Lamurias (000), "Shuffle the data in each epoch".
"""

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import Split, classifier, split
from reference.models import Dense, With

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
BATCHES, SIZE, EPOCHS = 10, 32, 20
SGD = With("sgd", learning_rate=0.1)
ORDERS = ("in the same order", "shuffled")


class Result(NamedTuple):
    """For each order and seed: losses of shape (epochs, batches), and the accuracy when sorted."""

    losses: dict[str, list[list[list[float]]]]
    accuracy: dict[str, list[float]]

    def correlations(self, order: str) -> list[float]:
        """The correlation of neighbouring epochs, averaged over the second half of the epochs."""
        return [_correlation(np.array(losses)[EPOCHS // 2 :]) for losses in self.losses[order]]


def run() -> Result:
    result = Result({order: [] for order in ORDERS}, {order: [] for order in ORDERS})
    for seed in SEEDS:
        data = split(BATCHES * SIZE, seed=seed)
        for order in ORDERS:
            result.losses[order].append(_losses(data, order == "shuffled", seed))
            result.accuracy[order].append(_sorted_accuracy(data, order == "shuffled", seed))
    return result


def _losses(data: Split, shuffled: bool, seed: int) -> list[list[float]]:
    rng = np.random.default_rng(seed)
    model = classifier([Dense(16, "relu")], SGD, seed=seed)
    losses: list[list[float]] = []
    order = rng.permutation(len(data.x))
    for _ in range(EPOCHS):
        order = rng.permutation(len(data.x)) if shuffled else order
        losses.append([])
        for part in np.split(order, BATCHES):
            history = model.fit(data.x[part], data.y[part], batch_size=SIZE, seed=seed)
            losses[-1] += history.history["loss"]
    return losses


def _sorted_accuracy(data: Split, shuffled: bool, seed: int) -> float:
    by_class = data.y.argmax(axis=1).argsort()
    x, y = data.x[by_class], data.y[by_class]
    model = classifier([Dense(16, "relu")], SGD, seed=seed)
    model.fit(x, y, epochs=EPOCHS, batch_size=SIZE, shuffle=shuffled, seed=seed)
    return model.evaluate(*data.test)["accuracy"]


def _correlation(losses: np.ndarray) -> float:
    """The mean correlation of each row with the next."""
    return float(np.mean([np.corrcoef(a, b)[0, 1] for a, b in pairwise(losses)]))


def sentence(result: Result) -> str:
    same, new = (np.mean(result.correlations(order)) for order in ORDERS)
    unshuffled, shuffled = (100 * np.mean(result.accuracy[order]) for order in ORDERS)
    return (
        f"In the same order, the losses of the {BATCHES} batches repeat from epoch to epoch with a "
        f"correlation of {same:.3f}; shuffled, it is {new:.2f}. On digits sorted by class, the "
        f"accuracy is {unshuffled:.0f} % in the same order and {shuffled:.0f} % shuffled."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curves = {}
    for order in ORDERS:
        losses = np.concatenate(result.losses[order][0][-4:])
        curves[order] = (list(range(len(losses))), list(losses))
    x = f"update, in the last 4 epochs of {BATCHES} updates each"
    return line_chart(curves, x=x, title="training loss of each batch")
