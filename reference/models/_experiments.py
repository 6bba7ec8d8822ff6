"""Capacity: how much a network can learn, and when it learns too much.

    underfitting   training and validation loss are both high
    overfitting    the training loss still falls while the validation loss rises

Both are read off curves: of the loss over the number of parameters, for networks of different
size, or over the epochs of one training. A bottleneck, one narrow layer, limits a network however
wide the others are.

Source: Vanschoren (001), "Regularization and memorization capacity"; lecture 002.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from reference.models._sequential import History, Sequential
from reference.spec import Real

Data = tuple[Real, Real]


class Curves(NamedTuple):
    """One entry for each size, in the order they were given."""

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
    """Train a network of every size on the same data, and judge it at the end on both parts."""
    curves = Curves(list(sizes), [], [], [], [])
    for size in sizes:
        model = build(size)
        curves.histories.append(model.fit(*train, validation_data=validation, **fit))
        curves.parameters.append(model.count(learned=True))
        curves.train.append(model.evaluate(*train)[monitor])
        curves.validation.append(model.evaluate(*validation)[monitor])
    return curves


def overfits_from(history: History, monitor: str = "loss") -> int:
    """The epoch after which the validation loss never gets lower."""
    values = history.history[f"val_{monitor}"]
    return history.epoch[values.index(min(values))]
