"""K-fold cross-validation: each of k parts is the validation part once.

    fold of example i = position of i in a random order, modulo k

The result has shape (examples,) and holds the fold of each example. Every example is used for
validation exactly once and for training k - 1 times. The sizes of the folds differ by at most one.
With as many folds as examples, each example is left out once; with more folds, some are empty.
scikit-learn's KFold makes folds of consecutive examples, unless it is told to shuffle. PyTorch and
Keras have no cross-validation.

    >>> np.bincount(run(examples=7, folds=3))
    array([3, 2, 2])

Source: Stone 1974; Vanschoren (001).
"""

from collections.abc import Iterator
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Index, Procedure, Range, Try


def run(
    *,
    examples: Shaped[int, Try((5, 10, 23)), Range(1, 40)],
    folds: Shaped[int, Try((2, 3, 5)), Range(1, 40)] = 5,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> Index:
    return np.random.default_rng(seed).permutation(np.arange(examples) % folds)


def rounds(fold: Index) -> Iterator[tuple[Index, Index]]:
    """Yield the training examples and the validation examples of each fold in turn."""
    for each in range(int(fold.max(initial=-1)) + 1):
        yield np.flatnonzero(fold != each), np.flatnonzero(fold == each)


def folds_alike(f, examples, folds, seed):
    """The sizes of the folds differ by at most one; the earlier folds are the larger ones."""
    counts = np.bincount(f(examples=examples, folds=folds, seed=seed), minlength=folds)
    return counts, np.array([len(range(k, examples, folds)) for k in range(folds)])


def each_validated_once(f, examples, folds, seed):
    """Every example is used for validation in one round and for training in all others."""
    parts = list(rounds(f(examples=examples, folds=folds, seed=seed)))
    trained = np.bincount(np.concatenate([train for train, _ in parts]), minlength=examples)
    validated = np.bincount(np.concatenate([left for _, left in parts]), minlength=examples)
    most = min(folds, examples) - 1  # the other folds are empty
    return (validated, trained), (np.ones(examples), np.full(examples, most))


def dealt_in_turn(f, examples, folds, seed):
    """The fold of an example is its number in the permutation of the seed, modulo folds."""
    order = np.random.default_rng(seed).permutation(examples)
    return f(examples=examples, folds=folds, seed=seed), order % folds


def repeatable(f, **settings):
    """The same seed gives the same folds."""
    return f(**settings), f(**settings)


SPEC = Procedure(
    run=run,
    torch="torch has no cross-validation",
    properties=(folds_alike, each_validated_once, dealt_in_turn, repeatable),
)
