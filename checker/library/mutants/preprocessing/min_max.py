"""Mutants of min-max scaling."""

import numpy as np

from checker.library.marks import convention
from reference.preprocessing.min_max import run


def divided_by_the_largest(train, x):
    """Divided by the largest value; the smallest one is not subtracted.

    Where does the smallest training value go? Where should it?
    """
    largest = train.max(axis=0)
    return x / np.where(largest == 0, 1, largest)


def one_range_for_all_features(train, x):
    """One smallest and one largest value serve the whole table; each feature needs its own.

    One column is in metres and one in years. What does their common range mean?
    """
    return run(train.reshape(-1, 1), x.reshape(-1, 1)).reshape(x.shape)


def its_own_range(train, x):
    """The data is scaled with its own range, not with that of the training data.

    One example arrives alone. What are its smallest and its largest value?
    """
    return run(x, x)


def range_of_everything(train, x):
    """The range is taken from training and other data together.

    May a test example change the numbers that the network was trained with?
    """
    return run(np.concatenate([train, x]), x)


def constant_divided_by_zero(train, x):
    """A feature that never changes has a range of 0, and dividing by it gives nan or inf.

    What should become of a column whose entries are all alike?
    """
    low = train.min(axis=0)
    return (x - low) / (train.max(axis=0) - low)


def whole_numbers_only(train, x):
    """The fractions are cut off: // divides whole numbers.

    Which values lie between 0 and 1 in your result?
    """
    return (x - train.min(axis=0)) // _width(train)


def cut_off_outside(train, x):
    """What lies outside of the training range is cut off at 0 and 1.

    Should a network not see that a number is unlike all it was trained with?
    """
    return np.clip(run(train, x), 0, 1)


def not_divided(train, x):
    """The smallest value is subtracted, and nothing divided.

    Where does the largest training value go?
    """
    return x - train.min(axis=0)


def row_by_row(train, x):
    """Each example is scaled with its own range, over its features.

    Which axis counts examples, and along which one do you look for the smallest?
    """
    return run(x.T, x.T).T


def changes_the_data(train, x):
    """The caller's data is overwritten.

    What happens when your function is called twice? What does -= do to an array?
    """
    x -= train.min(axis=0)
    x /= _width(train)
    return x


def _width(train):
    width = np.ptp(train, axis=0)
    return np.where(width == 0, 1, width)


@convention
def from_minus_one_to_one(train, x):
    """The range is -1 to 1, as some networks like it; here it is 0 to 1.

    Which ends does the task name?
    """
    return 2 * run(train, x) - 1
