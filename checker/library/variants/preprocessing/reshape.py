"""Right ways to reshape every example."""

import numpy as np


def example_by_example(x, *, shape=(-1,)):
    return np.array([each.reshape(shape) for each in x])


def raveled(x, *, shape=(-1,)):
    return np.stack([np.ravel(each) for each in x]).reshape((len(x), *shape))


def a_copy(x, *, shape=(-1,)):
    return x.copy().reshape(x.shape[0], *shape)
