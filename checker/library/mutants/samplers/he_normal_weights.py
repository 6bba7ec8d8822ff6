"""Known-wrong ways to draw He's normal weights."""

import math

import numpy as np


def variance_as_deviation(*, fan_in, fan_out, seed):
    """The standard deviation is 2 / fan_in, which is the variance.

    What does numpy's `scale` mean, and what does the formula give?
    """
    return np.random.default_rng(seed).normal(0, 2 / fan_in, (fan_in, fan_out))


def lecun_for_he(*, fan_in, fan_out, seed):
    """The variance is 1 / fan_in, half of what it should be.

    Which share of its inputs does a rectified linear unit let through?
    """
    return np.random.default_rng(seed).normal(0, math.sqrt(1 / fan_in), (fan_in, fan_out))


def fan_out_for_fan_in(*, fan_in, fan_out, seed):
    """The variance is 2 / fan_out: the outputs are counted, not the inputs.

    How many terms does one weighted sum have?
    """
    return np.random.default_rng(seed).normal(0, math.sqrt(2 / fan_out), (fan_in, fan_out))


def glorot_for_he(*, fan_in, fan_out, seed):
    """The variance is 2 / (fan_in + fan_out), which is Glorot's.

    For which activation was which of the two made?
    """
    spread = math.sqrt(2 / (fan_in + fan_out))
    return np.random.default_rng(seed).normal(0, spread, (fan_in, fan_out))


def standard_normal(*, fan_in, fan_out, seed):
    """The weights are not scaled at all: their variance is 1.

    How large does a sum of 200 of them become?
    """
    return np.random.default_rng(seed).standard_normal((fan_in, fan_out))


def uniform_for_normal(*, fan_in, fan_out, seed):
    """The numbers have the right variance and are uniform, not normal.

    Which method of the generator draws from a normal distribution?
    """
    limit = math.sqrt(6 / fan_in)
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def positive_only(*, fan_in, fan_out, seed):
    """No weight is negative.

    What can a unit do whose weights all have one sign?
    """
    noise = np.abs(np.random.default_rng(seed).standard_normal((fan_in, fan_out)))
    return math.sqrt(2 / fan_in) * noise


def one_unit_repeated(*, fan_in, fan_out, seed):
    """One column is drawn and repeated, so that all units are the same.

    What happens in training to two units with the same weights?
    """
    column = np.random.default_rng(seed).standard_normal((fan_in, 1))
    return math.sqrt(2 / fan_in) * np.repeat(column, fan_out, axis=1)


def outputs_first(*, fan_in, fan_out, seed):
    """The shape is (fan_out, fan_in).

    Along which axis of the weights does x @ w sum?
    """
    return math.sqrt(2 / fan_in) * np.random.default_rng(seed).standard_normal((fan_out, fan_in))
