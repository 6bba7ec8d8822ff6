"""A random order of the examples for each epoch: every order is as likely as every other.

    in each row a permutation of 0, 1, ..., examples - 1

A new epoch wants a new order, so that the batches are not always the same. Fisher and Yates'
shuffle swaps each place with a random one that is not yet settled, itself included. Swapping with
any place at all gives some orders more often than others, and swapping never with itself leaves no
example where it was (Sattolo 1986): laws that see this need the orders of many epochs.

A right draw breaks one of the laws less often than once in 10^9 draws.

Source: Fisher and Yates 1938; Durstenfeld 1964; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.chance import _laws
from reference.spec import Draw, Index, Seen, Try


def run(
    *,
    epochs: Shaped[int, Try((30, 24))],
    examples: Shaped[int, Try((500, 400, 600))],
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Index, "epochs examples"]:
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(examples) for _ in range(epochs)])


def shape(drawn, epochs, examples, **_):
    """There is a row for each epoch, with a number for each example."""
    return _laws.shape(drawn, epochs, examples)


def different_numbers(drawn, examples, **_):
    """Each epoch has each example once: so many different ones are in the poorest."""
    rows = _rows(drawn)
    placed = np.sort(np.where(np.isin(rows, np.arange(examples)), rows, -1), axis=1)
    there = (np.diff(placed, axis=1, prepend=-1) != 0).sum(axis=1)
    return Seen(there.min(), examples, examples)


def kept_places(drawn, **_):
    """In a mean epoch one example keeps its place: so many do in all."""
    rows = _rows(drawn)
    return _ones(rows == np.arange(rows.shape[1]), len(rows))


def repeated_places(drawn, **_):
    """And one has the place that it had in the epoch before."""
    rows = _rows(drawn)
    return _ones(rows[1:] == rows[:-1], len(rows) - 1)


def kept_followers(drawn, **_):
    """And one is followed by its next: 4 by 5."""
    rows = _rows(drawn)
    return _ones(np.diff(rows) == 1, len(rows))


def moved_ahead(drawn, **_):
    """As many examples move to the front as to the back: to the front go (examples - 1) / 2.

    In one order that number has Euler's distribution, of the variance (examples + 1) / 12. It is
    the distribution of a sum of independent choices between 0 and 1 (Harper 1967).
    """
    rows = _rows(drawn)
    epochs, n = rows.shape
    expected, allowed = epochs * (n - 1) / 2, _laws.around(epochs * (n + 1) / 12)
    return Seen((rows > np.arange(n)).sum(), expected - allowed, expected + allowed)


def mean_distance(drawn, **_):
    """The mean distance from the old place is about a third of the length: (n^2 - 1) / (3 n).

    A swap of two moves the sum of an epoch's distances by at most 2 n: so does each number that is
    revealed, one after another, and Hoeffding's bound holds for martingales.
    """
    rows = _rows(drawn)
    n = max(rows.shape[1], 2)
    distance = np.abs(rows - np.arange(rows.shape[1])).mean()
    expected, allowed = (n * n - 1) / (3 * n), n * _laws.within(2, rows.size)
    return Seen(distance, expected - allowed, expected + allowed)


def _rows(drawn):
    return drawn if drawn.ndim == 2 else drawn.reshape(1, -1)


def _ones(seen, epochs):
    return Seen(seen.sum(), *_laws.rare(epochs))


def _torch(torch, epochs, examples, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.stack([torch.randperm(examples, generator=generator) for _ in range(epochs)])


SPEC = Draw(
    run=run,
    torch=_torch,
    laws=(
        shape,
        different_numbers,
        kept_places,
        repeated_places,
        kept_followers,
        moved_ahead,
        mean_distance,
    ),
    source="Durstenfeld 1964",
)
