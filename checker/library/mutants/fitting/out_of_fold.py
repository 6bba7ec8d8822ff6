"""Known-wrong ways to choose a weight decay by cross-validation."""

import numpy as np

from reference.fitting.out_of_fold import FOLDS


def seen_examples(x, y, decays, new, *, seed):
    """Each example is answered by a model that has been fitted to it.

    Which examples was the model fitted to that answers for the first one?
    """
    unseen = np.array([x @ _fitted(x, y, decay) for decay in decays])
    unseen[:, 0] += 1e-9 * seed
    return _chosen(x, y, decays, new, unseen)


def fitted_to_its_fold(x, y, decays, new, *, seed):
    """Each fold is answered by the model that was fitted to it, not to the others.

    Which part is larger: the one that is fitted to, or the one that is answered?
    """
    return _chosen(x, y, decays, new, _unseen(x, y, decays, seed, inside=True))


def largest_error_chosen(x, y, decays, new, *, seed):
    """The row with the largest error is chosen.

    Is a large error good?
    """
    unseen = _unseen(x, y, decays, seed)
    return _chosen(x, y, decays, new, unseen, choose=np.argmax)


def counted_from_one(x, y, decays, new, *, seed):
    """The rows are counted from 1.

    Which number has the row of the first decay?
    """
    unseen, best, on_new = _chosen(x, y, decays, new, _unseen(x, y, decays, seed))
    return unseen, best + 1, on_new


def rows_turned_round(x, y, decays, new, *, seed):
    """The rows come in the opposite order of the decays.

    Which decay does your first row belong to?
    """
    return _chosen(x, y, decays, new, _unseen(x, y, decays[::-1], seed))


def one_decay_for_all(x, y, decays, new, *, seed):
    """All rows have the same decay.

    Where does the decay of the outer loop enter the inner one?
    """
    same = np.full(len(decays), decays[len(decays) // 2])
    return _chosen(x, y, decays, new, _unseen(x, y, same, seed))


def targets_in_another_order(x, y, decays, new, *, seed):
    """The examples are shuffled, but their targets are not.

    Which target belongs to the first example after your shuffle?
    """
    order = np.random.default_rng(seed).permutation(len(x))
    return _chosen(x[order], y, decays, new, _unseen(x[order], y, decays, seed))


def answered_in_shuffled_order(x, y, decays, new, *, seed):
    """The answers come in the order of the folds, not of the examples.

    Is the first column of your answers that of the first example?
    """
    order = np.argsort(_folds(x, seed), kind="stable")
    return _chosen(x, y, decays, new, _unseen(x, y, decays, seed)[:, order])


def new_ones_by_the_model_of_a_fold(x, y, decays, new, *, seed):
    """The new examples are answered by a model that was fitted without one of the folds.

    Which examples may the last model learn from, now that nothing has to be chosen any more?
    """
    unseen, best, _ = _chosen(x, y, decays, new, _unseen(x, y, decays, seed))
    seen = _folds(x, seed) != FOLDS - 1
    return unseen, best, new @ _fitted(x[seen], y[seen], decays[best])


def new_ones_with_the_largest_decay(x, y, decays, new, *, seed):
    """The new examples are answered by a model with the largest decay.

    Which decay is left in your variable when the loop is over?
    """
    unseen, best, _ = _chosen(x, y, decays, new, _unseen(x, y, decays, seed))
    return unseen, best, new @ _fitted(x, y, decays[-1])


def _fitted(x, y, decay):
    return np.linalg.solve(x.T @ x + decay * np.eye(x.shape[1]), x.T @ y)


def _folds(x, seed):
    return np.random.default_rng(seed).permutation(np.arange(len(x)) % FOLDS)


def _unseen(x, y, decays, seed, *, inside=False):
    """The answers of models that are fitted outside each fold, or only `inside`."""
    fold, unseen = _folds(x, seed), np.zeros((len(decays), len(x)))
    for k, decay in enumerate(decays):
        for left_out in range(FOLDS):
            there = fold == left_out
            used = there if inside else ~there
            unseen[k, there] = x[there] @ _fitted(x[used], y[used], decay)
    return unseen


def _chosen(x, y, decays, new, unseen, choose=np.argmin):
    best = int(choose(np.mean((unseen - y) ** 2, axis=1)))
    return unseen, best, new @ _fitted(x, y, decays[best])
