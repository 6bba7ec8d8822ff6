"""Stratified k-fold cross-validation: each class is dealt evenly to the folds.

    fold of example i = position of i in the shuffled list sorted by class, modulo k

Dealing out a sorted pack of cards gives every player of each colour as many as the others, and
one more at most; and the same holds for all cards together.

Source: Kohavi 1995; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Try


def run(
    labels: Shaped[Index, "n", Below("n")],
    *,
    folds: Shaped[int, Try((2, 3, 5))] = 5,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> Shaped[Index, "n"]:
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    by_class = shuffled[np.argsort(labels[shuffled], kind="stable")]
    fold = np.empty(len(labels), dtype=int)
    fold[by_class] = np.arange(len(labels)) % folds
    return fold


def classes_dealt_evenly(f, labels, folds, seed):
    """Within a class, the folds differ by at most one example."""
    fold = f(labels, folds=folds, seed=seed)
    counts = np.array([np.bincount(fold[labels == c], minlength=folds) for c in labels])
    return counts.max(axis=1) - counts.min(axis=1) <= 1, np.ones(len(labels))


def folds_alike(f, labels, folds, seed):
    """The folds differ by at most one example, the earlier ones being the larger."""
    counts = np.bincount(f(labels, folds=folds, seed=seed), minlength=folds)
    return counts, np.array([len(range(k, len(labels), folds)) for k in range(folds)])


SPEC = Procedure(
    run=run,
    torch="torch has no cross-validation",
    laws=(classes_dealt_evenly, folds_alike),
    source="Kohavi 1995",
)
