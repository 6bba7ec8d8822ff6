"""Right ways to draw Glorot's uniform weights."""

import math
import random

import numpy as np


def from_zero_to_one(*, fan_in, fan_out, seed):
    noise = np.random.default_rng(seed).random((fan_in, fan_out))
    return (2 * noise - 1) * math.sqrt(6 / (fan_in + fan_out))


def from_the_variance(*, fan_in, fan_out, seed):
    limit = np.sqrt(3 * 2 / (fan_in + fan_out))
    return np.random.RandomState(seed).uniform(-limit, limit, (fan_in, fan_out))


def in_single_precision(*, fan_in, fan_out, seed):
    limit = np.float32(math.sqrt(6 / (fan_in + fan_out)))
    noise = np.random.default_rng(seed).random((fan_in, fan_out), dtype=np.float32)
    return limit * (2 * noise - 1)


def one_by_one(*, fan_in, fan_out, seed):
    rng, limit = random.Random(seed), math.sqrt(6 / (fan_in + fan_out))
    return [[rng.uniform(-limit, limit) for _ in range(fan_out)] for _ in range(fan_in)]
