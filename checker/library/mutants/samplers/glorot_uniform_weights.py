"""Known-wrong ways to draw Glorot's uniform weights."""

import math

import numpy as np


def deviation_as_limit(*, fan_in, fan_out, seed):
    """The limit is sqrt(2 / (fan_in + fan_out)), which is the standard deviation.

    Which variance has a uniform number between -a and a?
    """
    limit = math.sqrt(2 / (fan_in + fan_out))
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def root_forgotten(*, fan_in, fan_out, seed):
    """The limit is 6 / (fan_in + fan_out), without the root.

    Is 6 / (fan_in + fan_out) a limit or the square of one?
    """
    limit = 6 / (fan_in + fan_out)
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def he_for_glorot(*, fan_in, fan_out, seed):
    """The limit is sqrt(6 / fan_in), which is He's.

    Which of the two counts inputs and outputs?
    """
    limit = math.sqrt(6 / fan_in)
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def from_zero(*, fan_in, fan_out, seed):
    """The numbers lie between 0 and the limit: none is negative.

    What does `rng.random()` return, and how do you get from there to (-1, 1)?
    """
    limit = math.sqrt(6 / (fan_in + fan_out))
    return limit * np.random.default_rng(seed).random((fan_in, fan_out))


def normal_for_uniform(*, fan_in, fan_out, seed):
    """The numbers have the right variance and are normal, not uniform.

    Can a number of yours be larger than the limit?
    """
    spread = math.sqrt(2 / (fan_in + fan_out))
    return np.random.default_rng(seed).normal(0, spread, (fan_in, fan_out))


def one_unit_repeated(*, fan_in, fan_out, seed):
    """One column is drawn and repeated, so that all units are the same.

    What happens in training to two units with the same weights?
    """
    limit = math.sqrt(6 / (fan_in + fan_out))
    column = np.random.default_rng(seed).uniform(-limit, limit, (fan_in, 1))
    return np.repeat(column, fan_out, axis=1)


def outputs_first(*, fan_in, fan_out, seed):
    """The shape is (fan_out, fan_in).

    Along which axis of the weights does x @ w sum?
    """
    limit = math.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_out, fan_in))
