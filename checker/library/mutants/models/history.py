"""Mutants of the loss of each epoch."""

import numpy as np

from checker.library.marks import convention


@convention
def mean_of_batch_means(losses, sizes):
    """Every batch counts alike, the short one too; here every example counts alike.

    Should a batch of 2 weigh as much as one of 64?
    """
    return losses.mean(axis=1)


def all_batches_like_the_first(losses, sizes):
    """The sum is divided as if every batch were as large as the first.

    How many examples are there if the last batch is short?
    """
    return losses @ sizes / (sizes[0] * len(sizes))


def last_batch_only(losses, sizes):
    """The loss of the last batch is taken for that of the epoch.

    How many examples has it seen?
    """
    return losses[:, -1]


def first_batch_only(losses, sizes):
    """The loss of the first batch is taken for that of the epoch.

    How many examples has it seen?
    """
    return losses[:, 0]


def one_entry_for_each_batch(losses, sizes):
    """There is one entry for each batch; asked is one for each epoch.

    Is it the inner or the outer loop that appends?
    """
    return losses.ravel()


def last_epoch_only(losses, sizes):
    """Only the last epoch is kept.

    Does your history grow, or is it overwritten?
    """
    return losses[-1] @ sizes / sizes.sum()


def added_up(losses, sizes):
    """The losses of the batches are added up and not divided.

    Should the loss of an epoch grow with the number of batches?
    """
    return losses.sum(axis=1)


def divided_by_the_batches(losses, sizes):
    """The losses are weighted with the sizes and then divided by the number of batches.

    What is the sum of the weights?
    """
    return losses @ sizes / len(sizes)


def all_batches_full(losses, sizes):
    """Divided as if every batch were full; the last one may have fewer examples.

    How many examples does an epoch have if its last batch is short?
    """
    return losses @ sizes / (sizes.max() * len(sizes))


def mean_over_the_epochs(losses, sizes):
    """The mean is taken over the epochs, for each batch.

    Which axis is to disappear?
    """
    return losses.mean(axis=0)


def never_set_back(losses, sizes):
    """The sums are not set back to 0 where an epoch begins: each entry averages all before it.

    What do the sums hold at the beginning of the second epoch?
    """
    epochs = losses @ sizes / sizes.sum()
    return np.cumsum(epochs) / np.arange(1, len(epochs) + 1)


def sizes_squared(losses, sizes):
    """The sizes count twice: as weights and once more.

    With which power does the size of a batch enter the mean over examples?
    """
    return losses @ sizes**2 / (sizes**2).sum()
