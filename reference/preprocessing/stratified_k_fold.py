"""Stratified k-fold cross-validation: each class is distributed evenly to the folds.

    fold of example i = position of i in the shuffled list sorted by class, modulo k

This is like dealing out a sorted pack of cards: for every suit, the numbers of cards of the players
differ by at most one, and the same holds for all cards together. The result has shape (n,) and
holds the fold of each example. A class with fewer examples than folds is missing in some folds.

    >>> np.bincount(run(np.array([0, 0, 0, 0, 1, 1]), folds=2)[:4])
    array([2, 2])

Source: Kohavi 1995; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Range, Try


def run(
    labels: Shaped[Index, "n", Below("n")],
    *,
    folds: Shaped[int, Try((2, 3, 5)), Range(1, 40)] = 5,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> Shaped[Index, "n"]:
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    fold = np.empty(len(labels), dtype=int)
    fold[by_class] = np.arange(len(labels)) % folds
    return fold


def classes_dealt_evenly(f, labels, folds, seed):
    """Within each class, the sizes of the folds differ by at most one."""
    fold = f(labels, folds=folds, seed=seed)
    counts = np.array([np.bincount(fold[labels == c], minlength=folds) for c in labels])
    return counts.max(axis=1) - counts.min(axis=1) <= 1, np.ones(len(labels))


def folds_alike(f, labels, folds, seed):
    """The sizes of the folds differ by at most one; the earlier folds are the larger ones."""
    counts = np.bincount(f(labels, folds=folds, seed=seed), minlength=folds)
    return counts, np.array([len(range(k, len(labels), folds)) for k in range(folds)])


SPEC = Procedure(
    run=run,
    torch="torch has no cross-validation",
    properties=(classes_dealt_evenly, folds_alike),
)
