"""Right ways to read two loss curves."""

import numpy as np


def in_a_loop(train, validation):
    best = 1
    for epoch, loss in enumerate(validation, 1):
        if loss < validation[best - 1]:
            best = epoch
    return best, float(validation[-1]) - float(train[-1])


def by_the_minimum(train, validation):
    epochs = np.flatnonzero(validation == np.min(validation))
    return epochs[0] + 1, -(train[-1] - validation[-1])
