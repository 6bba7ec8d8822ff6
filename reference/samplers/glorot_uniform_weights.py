"""Sample Glorot's uniform weights, which lie between -limit and limit.

    limit = sqrt(6 / (fan_in + fan_out)),   each weight independent, of shape (fan_in, fan_out)

A uniform number between -limit and limit has the variance limit^2 / 3, which is Glorot's
2 / (fan_in + fan_out). PyTorch calls this Xavier initialisation and stores the weights transposed,
with shape (fan_out, fan_in). Keras stores them as here, and it is the default for its Dense layer.

A correct sample fails one of the statistical tests less often than once in 10^9 samples.

    >>> np.abs(run(fan_in=4, fan_out=2, seed=0)).max(axis=1) <= 1
    array([ True,  True,  True,  True])

Source: Glorot and Bengio 2010, eq. 16; Vanschoren (001).
"""

import math
from functools import partial
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Range, Real, Sampler, Statistic, Try


def run(
    *,
    fan_in: Shaped[int, Try((200, 64)), Range(1, 400)],
    fan_out: Shaped[int, Try((60, 170)), Range(1, 400)],
    seed: Shaped[int, Try((0, 1, 2, 3))],
) -> Shaped[Real, "fan_in fan_out"]:
    limit = math.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def shape(drawn, fan_in, fan_out, **_):
    """The weights have a row for each input and a column for each output."""
    return _properties.shape(drawn, fan_in, fan_out)


def largest(drawn, fan_in, fan_out, **_):
    """No weight is larger than the limit; the largest is shown as a multiple of it."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return Statistic(np.abs(drawn).max(initial=0) / limit, 0.0, 1 + 1e-6)  # float32 rounding


def mean(drawn, fan_in, fan_out, **_):
    """The mean of the weights, divided by the limit, is about 0."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    allowed = _properties.uniform(2, max(drawn.size, 1))
    return Statistic((drawn / limit).mean(), -allowed, allowed)


def variance(drawn, fan_in, fan_out, **_):
    """The mean square is about 2 / (fan_in + fan_out); it is shown as a multiple of that."""
    allowed = _properties.within(3, max(drawn.size, 1))
    return Statistic((drawn**2).mean() / (2 / (fan_in + fan_out)), 1 - allowed, 1 + allowed)


def distribution(drawn, fan_in, fan_out, **_):
    """The distribution of the weights is uniform; the largest distance from it is shown."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.distribution(drawn, lambda x: np.clip((x / limit + 1) / 2, 0, 1))


def inputs(drawn, fan_in, fan_out, **_):
    """The mean of the weights of each input is about 0: weights are sampled independently."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.evenness(drawn / limit, 1, partial(_properties.uniform, 2))


def units(drawn, fan_in, fan_out, **_):
    """The mean of the weights of each unit is about 0."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.evenness(drawn / limit, 0, partial(_properties.uniform, 2))


def _torch(torch, fan_in, fan_out, seed):
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    generator = torch.Generator(weight.device).manual_seed(seed)
    return torch.nn.init.xavier_uniform_(weight, generator=generator).T


SPEC = Sampler(
    run=run,
    torch=_torch,
    properties=(shape, largest, mean, variance, distribution, inputs, units),
)
