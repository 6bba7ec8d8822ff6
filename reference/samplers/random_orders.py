"""Sample a random order of the examples for each epoch: all orders are equally likely.

    each row is a permutation of 0, 1, ..., examples - 1

Each epoch needs a new order, so that the batches are not always the same. The shuffle of Fisher and
Yates swaps each place with a random place that is not yet settled, possibly with itself. Swapping
with any place makes some orders more likely than others. Never swapping a place with itself leaves
no example in its place (Sattolo 1986). The statistical tests need the orders of many epochs to
detect these mistakes.

The relation of two epochs is an order too: where each example was in the epoch before, or which
example was there. It must be as random as the orders themselves, and gets the same tests.

A correct sample fails one of the statistical tests less often than once in 10^9 samples.

    >>> np.sort(run(epochs=2, examples=4, seed=0))
    array([[0, 1, 2, 3],
           [0, 1, 2, 3]])

Source: Fisher and Yates 1938; Durstenfeld 1964; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Index, Range, Sampler, Statistic, Try

EPOCHS = 60


def run(
    *,
    epochs: Shaped[int, Try((30, 24)), Range(24, EPOCHS)],
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
    return _kept_places(_rows(drawn))


def kept_neighbours(drawn, **_):
    """On average about two examples per epoch are beside their old neighbour, as 4 beside 5."""
    return _kept_neighbours(_rows(drawn))


def moved_ahead(drawn, **_):
    """As many examples move to the front as to the back, about (examples - 1) / 2 each."""
    return _moved_ahead(_rows(drawn))


def mean_distance(drawn, **_):
    """The mean distance of an example from its old place is about (n^2 - 1) / (3 n)."""
    return _mean_distance(_rows(drawn))


def places_kept_since_the_epoch_before(drawn, **_):
    """On average one example has the same place as in the epoch before; the total is shown."""
    return _kept_places(_places_before(_rows(drawn)))


def neighbours_kept_since_the_epoch_before(drawn, **_):
    """On average about two examples have a neighbour whom they had in the epoch before."""
    return _kept_neighbours(_places_before(_rows(drawn)))


def moved_ahead_since_the_epoch_before(drawn, **_):
    """From one epoch to the next, as many examples move to the front as to the back."""
    return _moved_ahead(_places_before(_rows(drawn)))


def mean_distance_from_the_epoch_before(drawn, **_):
    """The mean distance from the place in the epoch before is about (n^2 - 1) / (3 n)."""
    return _mean_distance(_places_before(_rows(drawn)))


def neighbours_of_replaced_examples(drawn, **_):
    """Numbers that differ by 1 are seldom replaced in the next epoch by numbers that do, too."""
    return _kept_neighbours(_examples_before(_rows(drawn)))


def most_places_shared_by_two_epochs(drawn, **_):
    """No two epochs have many examples at the same places; the most of any two are shown."""
    rows = _rows(drawn)
    distances = range(1, min(len(rows), EPOCHS))
    most = max((int((rows[d:] == rows[:-d]).sum(axis=1).max()) for d in distances), default=0)
    allowed = 1  # two orders have k equal places or more with probability 1 / k! at most
    while math.factorial(allowed + 1) * _properties.CHANCE < EPOCHS * len(rows):
        allowed += 1
    return Statistic(most, 0, allowed)


def _kept_places(rows):
    return _ones(rows == np.arange(rows.shape[1]), rows, 1.0)


def _kept_neighbours(rows):
    """Half of them are followed by the next number, the others by the one before."""
    forwards, back = (np.diff(rows) == step for step in (1, -1))
    ahead, behind = (_ones(s, rows, 1 - 1 / max(rows.shape[1], 1)) for s in (forwards, back))
    return Statistic(ahead.value + behind.value, ahead.low + behind.low, ahead.high + behind.high)


def _ones(seen, rows, mean):
    return Statistic(seen.sum(), *_properties.rare(len(rows), rows.shape[1], mean))


def _moved_ahead(rows):
    """Compare how many examples move to the front with the expectation.

    In one order, this has the Eulerian distribution with the variance (examples + 1) / 12. It is
    the distribution of a sum of independent zeros and ones (Harper 1967).
    """
    epochs, n = rows.shape
    expected, allowed = epochs * (n - 1) / 2, _properties.around(epochs * (n + 1) / 12)
    return Statistic((rows > np.arange(n)).sum(), expected - allowed, expected + allowed)


def _mean_distance(rows):
    """Compare the mean distance with the expectation.

    Swapping two examples changes the sum of an epoch's distances by at most 2 n. The same holds for
    each number that is revealed, one after another, so Hoeffding's bound for martingales applies.
    """
    n = max(rows.shape[1], 2)
    distance = np.abs(rows - np.arange(rows.shape[1])).sum() / max(rows.size, 1)
    expected, allowed = (n * n - 1) / (3 * n), n * _properties.within(2, rows.size)
    return Statistic(distance, expected - allowed, expected + allowed)


def _rows(drawn):
    return drawn if drawn.ndim == 2 else drawn.reshape(1, -1)


def _places_before(rows):
    """For each place, where its example was in the epoch before."""
    return np.take_along_axis(_places(rows)[:-1], _inside(rows)[1:], axis=1)


def _examples_before(rows):
    """For each example, which one is now at the place that it had in the epoch before."""
    return np.take_along_axis(rows[1:], _places(rows)[:-1], axis=1)


def _places(rows):
    """For each example, its place."""
    places = np.zeros(rows.shape, dtype=int)
    np.put_along_axis(places, _inside(rows), np.arange(rows.shape[1])[None], axis=1)
    return places


def _inside(rows):
    """Rows of numbers that may be used as places. Wrong ones fail another test."""
    return np.clip(np.nan_to_num(rows), 0, rows.shape[1] - 1).astype(int)


def _torch(torch, epochs, examples, seed):
    generator = torch.Generator(torch.get_default_device()).manual_seed(seed)
    return torch.stack([torch.randperm(examples, generator=generator) for _ in range(epochs)])


SPEC = Sampler(
    run=run,
    torch=_torch,
    shuffles=True,
    properties=(
        shape,
        different_numbers,
        kept_places,
        kept_neighbours,
        moved_ahead,
        mean_distance,
        places_kept_since_the_epoch_before,
        neighbours_kept_since_the_epoch_before,
        moved_ahead_since_the_epoch_before,
        mean_distance_from_the_epoch_before,
        neighbours_of_replaced_examples,
        most_places_shared_by_two_epochs,
    ),
)
