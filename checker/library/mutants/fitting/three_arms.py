"""Known-wrong ways to learn from examples, and to answer for new ones."""

import numpy as np

from checker.library.mutants.fitting import _plane
from checker.library.mutants.fitting._classifiers import standardised, trained
from reference.fitting import _network

SHARED = (_plane,)


def least_likely(x, labels, new, *, seed):
    """The largest score is at the class that is the least likely.

    Is a score of yours a probability, or an error?
    """
    x, new = standardised(x, new)
    return -_network.answer(new, trained(x, labels, seed))


def classes_counted_from_one(x, labels, new, *, seed):
    """The scores are shifted by one class.

    Which class does the first column belong to?
    """
    x, new = standardised(x, new)
    return np.roll(_network.answer(new, trained(x, labels, seed)), 1, axis=1)
