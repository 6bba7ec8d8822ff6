"""K-fold cross-validation: k parts, each of them the validation part once.

    fold of example i = position of i in a random order, modulo k

Every example is validated on exactly once and trained on k - 1 times. The folds differ by at
most one example in size. With as many folds as examples, each example is left out once.

Source: Stone 1974; Vanschoren (001).
"""

from collections.abc import Iterator
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Try


def run(
    *,
    examples: Shaped[int, Try((5, 10, 23))],
    folds: Shaped[int, Try((2, 3, 5))] = 5,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> Index:
    return np.random.default_rng(seed).permutation(np.arange(examples) % folds)


def rounds(fold: Index) -> Iterator[tuple[Index, Index]]:
    """The examples to train and to validate on, fold by fold."""
    for each in range(int(fold.max(initial=-1)) + 1):
        yield np.flatnonzero(fold != each), np.flatnonzero(fold == each)


def folds_alike(f, examples, folds, seed):
    """The folds differ by at most one example, the earlier ones being the larger."""
    counts = np.bincount(f(examples=examples, folds=folds, seed=seed))
    return counts, np.array([len(range(k, examples, folds)) for k in range(folds)])


def each_validated_once(f, examples, folds, seed):
    """Over the rounds, every example is validated on once and trained on in all others."""
    parts = list(rounds(f(examples=examples, folds=folds, seed=seed)))
    trained = np.bincount(np.concatenate([train for train, _ in parts]), minlength=examples)
    validated = np.bincount(np.concatenate([left for _, left in parts]), minlength=examples)
    return (validated, trained), (np.ones(examples), np.full(examples, folds - 1))


def dealt_in_turn(f, examples, folds, seed):
    """Example p of the shuffled order of the seed is where 0, 1, ... is dealt from: p mod folds."""
    order = np.random.default_rng(seed).permutation(examples)
    return f(examples=examples, folds=folds, seed=seed), order % folds


def repeatable(f, **settings):
    """One seed gives one assignment."""
    return f(**settings), f(**settings)


SPEC = Procedure(
    run=run,
    torch="torch has no cross-validation",
    laws=(folds_alike, each_validated_once, dealt_in_turn, repeatable),
    source="Stone 1974",
)
