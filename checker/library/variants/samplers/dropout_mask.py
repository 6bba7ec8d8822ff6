"""Right ways to draw a mask of inverted dropout."""

import random

import numpy as np


def binomial(*, examples, units, rate, seed):
    return np.random.default_rng(seed).binomial(1, 1 - rate, (examples, units)) / (1 - rate)


def chosen(*, examples, units, rate, seed):
    values = [0.0, 1 / (1 - rate)]
    return np.random.default_rng(seed).choice(values, (examples, units), p=[rate, 1 - rate])


def kept_below(*, examples, units, rate, seed):
    noise = np.random.RandomState(seed).rand(examples, units)
    return np.where(noise < 1 - rate, 1 / (1 - rate), 0)


def one_by_one(*, examples, units, rate, seed):
    rng, value = random.Random(seed), 1 / (1 - rate)
    return [[0 if rng.random() < rate else value for _ in range(units)] for _ in range(examples)]


def in_single_precision(*, examples, units, rate, seed):
    noise = np.random.default_rng(seed).random((examples, units), dtype=np.float32)
    return (noise >= rate).astype(np.float32) / np.float32(1 - rate)
