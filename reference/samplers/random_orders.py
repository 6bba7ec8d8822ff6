"""Sample a random order of the examples for each epoch: all orders are equally likely.

    each row is a permutation of 0, 1, ..., examples - 1

Each epoch needs a new order, so that the batches are not always the same. The shuffle of Fisher and
Yates swaps each place with a random place that is not yet settled, possibly with itself. Swapping
with any place makes some orders more likely than others. Never swapping a place with itself leaves
no example in its place (Sattolo 1986). The statistical tests need the orders of many epochs to
detect these mistakes.

A correct sample fails one of the statistical tests less often than once in 10^9 samples.

    >>> np.sort(run(epochs=2, examples=4, seed=0))
    array([[0, 1, 2, 3],
           [0, 1, 2, 3]])

Source: Fisher and Yates 1938; Durstenfeld 1964; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Index, Range, Sampler, Statistic, Try


def run(
    *,
    epochs: Shaped[int, Try((30, 24)), Range(24, 60)],
    examples: Shaped[int, Try((500, 400, 600)), Range(2, 1000)],
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Index, "epochs examples"]:
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(examples) for _ in range(epochs)])


def shape(drawn, epochs, examples, **_):
    """The sample has a row for each epoch and a column for each example."""
    return _properties.shape(drawn, epochs, examples)


def different_numbers(drawn, examples, **_):
    """Each epoch has every example once; the fewest different examples of an epoch are shown."""
    rows = _rows(drawn)
    placed = np.sort(np.where(np.isin(rows, np.arange(examples)), rows, -1), axis=1)
    there = (np.diff(placed, axis=1, prepend=-1) != 0).sum(axis=1)
    return Statistic(there.min(), examples, examples)


def kept_places(drawn, **_):
    """On average one example per epoch keeps its place; the total is shown."""
    rows = _rows(drawn)
    return _ones(rows == np.arange(rows.shape[1]), rows, len(rows))


def repeated_places(drawn, **_):
    """On average one example has the same place as in the previous epoch."""
    rows = _rows(drawn)
    return _ones(rows[1:] == rows[:-1], rows, len(rows) - 1)


def kept_followers(drawn, **_):
    """On average about one example per epoch is followed by the next number, as 4 by 5."""
    rows = _rows(drawn)
    return _ones(np.diff(rows) == 1, rows, len(rows), 1 - 1 / max(rows.shape[1], 1))


def moved_ahead(drawn, **_):
    """As many examples move to the front as to the back, about (examples - 1) / 2 each.

    In one order, the number of examples that move to the front has the Eulerian distribution with
    the variance (examples + 1) / 12. It is the distribution of a sum of independent zeros and ones
    (Harper 1967).
    """
    rows = _rows(drawn)
    epochs, n = rows.shape
    expected, allowed = epochs * (n - 1) / 2, _properties.around(epochs * (n + 1) / 12)
    return Statistic((rows > np.arange(n)).sum(), expected - allowed, expected + allowed)


def mean_distance(drawn, **_):
    """The mean distance of an example from its old place is about (n^2 - 1) / (3 n).

    Swapping two examples changes the sum of an epoch's distances by at most 2 n. The same holds for
    each number that is revealed, one after another, so Hoeffding's bound for martingales applies.
    """
    rows = _rows(drawn)
    n = max(rows.shape[1], 2)
    distance = np.abs(rows - np.arange(rows.shape[1])).mean()
    expected, allowed = (n * n - 1) / (3 * n), n * _properties.within(2, rows.size)
    return Statistic(distance, expected - allowed, expected + allowed)


def _rows(drawn):
    return drawn if drawn.ndim == 2 else drawn.reshape(1, -1)


def _ones(seen, rows, epochs, mean=1.0):
    return Statistic(seen.sum(), *_properties.rare(epochs, rows.shape[1], mean))


def _torch(torch, epochs, examples, seed):
    generator = torch.Generator(torch.get_default_device()).manual_seed(seed)
    return torch.stack([torch.randperm(examples, generator=generator) for _ in range(epochs)])


SPEC = Sampler(
    run=run,
    torch=_torch,
    properties=(
        shape,
        different_numbers,
        kept_places,
        repeated_places,
        kept_followers,
        moved_ahead,
        mean_distance,
    ),
)
