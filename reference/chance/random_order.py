"""A random order of the examples, drawn: every order is as likely as every other.

    a permutation of 0, 1, ..., n - 1

A new epoch wants a new order, so that the batches are not always the same. Fisher and Yates'
shuffle swaps each place with a random one that is not yet settled; swapping with any place at all
gives some orders more often than others. That bias is too small for one draw to show, and no law
here sees it.

A right draw breaks one of the laws less often than once in 10^9 draws.

Source: Fisher and Yates 1938; Durstenfeld 1964; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.chance import _laws
from reference.spec import Draw, Index, Seen, Try

MOST = 12  # that is left with a probability of at most 1 / 13! = 1.6e-10


def run(
    *,
    examples: Shaped[int, Try((12000, 9000, 15000))],
    seed: Shaped[int, Try((0, 1, 2, 3))],
) -> Shaped[Index, "examples"]:
    return np.random.default_rng(seed).permutation(examples)


def shape(drawn, examples, **_):
    """There is one number for each example."""
    return _laws.shape(drawn, examples)


def different(drawn, examples, **_):
    """Each example comes once: so many different ones of them are there."""
    there = np.isin(np.arange(examples), drawn).sum()
    return Seen(there, examples, examples)


def stay(drawn, **_):
    """So many examples keep their place: k of them with a probability of at most 1 / k!."""
    return Seen((drawn.ravel() == np.arange(drawn.size)).sum(), 0, MOST)


def followed(drawn, **_):
    """So many are followed by the one that followed before: k with at most 1 / k! as well."""
    return Seen((np.diff(drawn.ravel()) == 1).sum(), 0, MOST)


def moved(drawn, **_):
    """The mean distance from the old place is about a third of the length: (n^2 - 1) / (3 n).

    A swap of two moves the sum of all distances by at most 2 n: so does
    each number that is revealed, one after another, and Hoeffding's bound holds for martingales.
    """
    n = max(drawn.size, 2)
    distance = np.abs(drawn.ravel() - np.arange(drawn.size)).mean()
    expected, allowed = (n * n - 1) / (3 * n), n * _laws.within(2, n)
    return Seen(distance, expected - allowed, expected + allowed)


def _torch(torch, examples, seed):
    return torch.randperm(examples, generator=torch.Generator().manual_seed(seed))


SPEC = Draw(
    run=run,
    torch=_torch,
    laws=(shape, different, stay, followed, moved),
    source="Durstenfeld 1964",
)
