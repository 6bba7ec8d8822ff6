"""Right ways to write the exponential schedule."""

import math

import numpy as np


def factor_after_factor(step, learning_rate, decay):
    rate = learning_rate
    for _ in range(step):
        rate *= math.exp(-decay)
    return rate


def divided(step, learning_rate, decay):
    return learning_rate / np.exp(decay * step)
