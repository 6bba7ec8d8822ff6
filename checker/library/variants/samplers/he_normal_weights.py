"""Right ways to draw He's normal weights."""

import math
import random

import numpy as np


def scaled_by_numpy(*, fan_in, fan_out, seed):
    return np.random.default_rng(seed).normal(0, (2 / fan_in) ** 0.5, size=(fan_in, fan_out))


def from_the_old_generator(*, fan_in, fan_out, seed):
    return np.random.RandomState(seed).randn(fan_in, fan_out) * np.sqrt(2 / fan_in)


def in_single_precision(*, fan_in, fan_out, seed):
    noise = np.random.default_rng(seed).standard_normal((fan_in, fan_out), dtype=np.float32)
    return noise * np.float32(math.sqrt(2 / fan_in))


def one_by_one(*, fan_in, fan_out, seed):
    rng = random.Random(seed)
    spread = math.sqrt(2 / fan_in)
    return [[rng.gauss(0, spread) for _ in range(fan_out)] for _ in range(fan_in)]


def turned_round(*, fan_in, fan_out, seed):
    return math.sqrt(2 / fan_in) * np.random.default_rng(seed).standard_normal((fan_out, fan_in)).T
