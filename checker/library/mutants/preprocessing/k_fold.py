"""Mutants of dealing examples to folds."""

import numpy as np

NOT_APPLICABLE = ("transposed",)


def not_shuffled(*, examples, folds=5, seed=0):
    """The examples are dealt as they lie.

    What if every fifth example comes from the same device?
    """
    return np.arange(examples) % folds


def in_blocks(*, examples, folds=5, seed=0):
    """The first n // k examples are a fold and what is left over goes to the last one.

    By how much may the sizes of the folds differ?
    """
    size = examples // folds
    blocks = np.minimum(np.arange(examples) // max(size, 1), folds - 1)
    return np.random.default_rng(seed).permutation(blocks)


def drawn_with_replacement(*, examples, folds=5, seed=0):
    """Each example draws its fold by itself, so that folds come out of different size.

    Is it certain that every fold gets examples?
    """
    return np.random.default_rng(seed).integers(folds, size=examples)


def counted_from_one(*, examples, folds=5, seed=0):
    """The folds are counted from 1; the first is number 0.

    Which numbers should be among the answers for 2 folds?
    """
    return np.random.default_rng(seed).permutation(np.arange(examples) % folds) + 1


def order_instead_of_folds(*, examples, folds=5, seed=0):
    """This is the shuffled order of the examples, not the number of the fold of each.

    How large may a number of a fold be?
    """
    return np.random.default_rng(seed).permutation(examples)


def permutation_turned_round(*, examples, folds=5, seed=0):
    """Fold and example are exchanged in the permutation: this is the inverse permutation.

    Which number is dealt to example i: the one at place i, or the place where i stands?
    """
    fold = np.empty(examples, dtype=int)
    fold[np.random.default_rng(seed).permutation(examples)] = np.arange(examples) % folds
    return fold


def seed_ignored(*, examples, folds=5, seed=0):
    """Every seed gives the same folds.

    What is the seed for?
    """
    return np.random.default_rng(0).permutation(np.arange(examples) % folds)
