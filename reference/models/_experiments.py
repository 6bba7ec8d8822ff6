"""Capacity: how much a network can learn, and when it overfits.

    underfitting   training and validation loss are both high
    overfitting    the training loss still falls while the validation loss rises

Both can be read off curves: the loss as a function of the number of parameters, for networks of
different sizes, or the loss as a function of the epoch in one training. A bottleneck, one narrow
layer, limits a network, however wide the other layers are.

Source: Vanschoren (001), "Regularization and memorization capacity"; lecture 002.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from reference.models._callbacks import Monitor
from reference.models._sequential import Sequential
from reference.models._training import History
from reference.spec import Real

Data = tuple[Real, Real]


class Curves(NamedTuple):
    """Each list has one entry per size, in the given order."""

    sizes: list[Any]
    parameters: list[int]
    train: list[float]
    validation: list[float]
    histories: list[History]


def capacity(
    build: Callable[[Any], Sequential],
    sizes: Sequence[Any],
    train: Data,
    validation: Data,
    *,
    monitor: str = "loss",
    **fit: Any,
) -> Curves:
    """Train a network of each size on the same data, and evaluate it on both parts at the end."""
    curves = Curves(list(sizes), [], [], [], [])
    for size in sizes:
        model = build(size)
        curves.histories.append(model.fit(*train, validation_data=validation, **fit))
        curves.parameters.append(model.count(learned=True))
        curves.train.append(model.evaluate(*train)[monitor])
        curves.validation.append(model.evaluate(*validation)[monitor])
    return curves


def overfits_from(history: History, monitor: str = "loss") -> int:
    """Return the epoch, from 0, after which the validation value never gets better."""
    values = history.history[f"val_{monitor}"]
    best = max if Monitor(monitor).sign < 0 else min
    return history.epoch[values.index(best(values))]
