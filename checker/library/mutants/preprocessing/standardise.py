"""Mutants of standardising."""

import numpy as np

from checker.library.marks import convention
from reference.preprocessing.standardise import run


def its_own_statistics(train, x):
    """The data is standardised with its own mean and spread, not with those of the training data.

    One example arrives alone. What are its mean and its spread?
    """
    return run(x, x)


def statistics_of_everything(train, x):
    """Mean and spread are taken from training and other data together.

    May a test example change the numbers that the network was trained with?
    """
    return run(np.concatenate([train, x]), x)


def one_mean_for_all_features(train, x):
    """One mean and one spread serve the whole table; each feature needs its own.

    One column is in metres and one in years. What is their mean?
    """
    column = run(train.reshape(-1, 1), x.reshape(-1, 1))
    return column.reshape(x.shape)


def divided_by_the_variance(train, x):
    """Divided by the variance instead of its root.

    In metres, which unit has the variance, and which should the answer have?
    """
    spread = np.var(train, axis=0)
    return (x - train.mean(axis=0)) / np.where(np.ptp(train, axis=0) == 0, 1, spread)


def only_centred(train, x):
    """The mean is subtracted, and nothing divided.

    What should the spread of each feature be afterwards?
    """
    return x - train.mean(axis=0)


def not_centred(train, x):
    """Divided by the spread, and the mean left where it was.

    What should the mean of each feature be afterwards?
    """
    return x / _spread(train)


def row_by_row(train, x):
    """Each example is standardised with its own mean, over its features.

    Which axis counts examples, and along which one do you average?
    """
    return run(x.T, x.T).T


def constant_divided_by_zero(train, x):
    """A feature that never changes has spread 0, and dividing by it gives nan or inf.

    What should become of a column whose entries are all alike?
    """
    return (x - train.mean(axis=0)) / train.std(axis=0)


def constant_becomes_zero(train, x):
    """A feature that never changes in training is 0 ever after; it should only be centred.

    What if the test data differs there?
    """
    return run(train, x) * (np.ptp(train, axis=0) != 0)


def small_number_added(train, x):
    """A small number is added to the spread; a constant feature has to be divided by 1.

    What becomes of a column that is 5 in training and 6 in the other data?
    """
    return (x - train.mean(axis=0)) / (train.std(axis=0) + 1e-8)


def changes_the_data(train, x):
    """The caller's data is overwritten.

    What happens when your function is called twice? What does -= do to an array?
    """
    x -= train.mean(axis=0)
    x /= _spread(train)
    return x


def _spread(train):
    return np.where(np.ptp(train, axis=0) == 0, 1, train.std(axis=0))


@convention
def divided_by_one_less(train, x):
    """The variance is divided by n - 1, as in statistics and in torch; here by n.

    Do you estimate the spread of a population, or scale the numbers you have?
    """
    spread = np.std(train, axis=0, ddof=1) if len(train) > 1 else 1
    return (x - train.mean(axis=0)) / np.where(np.ptp(train, axis=0) == 0, 1, spread)
