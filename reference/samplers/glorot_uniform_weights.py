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


def largest_weight(drawn, fan_in, fan_out, **_):
    """The largest weight is near sqrt(6 / (fan_in + fan_out)), but not above, without its sign."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    least = limit * math.exp(-_properties.LOG / max(drawn.size, 1))  # all are below it by chance
    return Statistic(np.abs(drawn).max(initial=0), least, limit * (1 + 1e-6))  # float32 rounding


def mean(drawn, fan_in, fan_out, **_):
    """The mean of the weights is about 0."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    allowed = _properties.uniform(2 * limit, max(drawn.size, 1))
    return Statistic(drawn.mean(), -allowed, allowed)


def standard_deviation(drawn, fan_in, fan_out, **_):
    """The standard deviation of the weights is about sqrt(2 / (fan_in + fan_out))."""
    x = _properties.LOG / max(drawn.size, 1)
    allowed = min(_properties.within(3, max(drawn.size, 1)), math.sqrt(1.6 * x) + x)
    right = math.sqrt(2 / (fan_in + fan_out))
    return _properties.deviation(drawn, right, 1 - allowed, 1 + allowed)


def distance_from_the_uniform_distribution(drawn, fan_in, fan_out, **_):
    """The weights are spread like uniform numbers: those of a list are too even to be random."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.distribution(drawn, lambda x: np.clip((x / limit + 1) / 2, 0, 1))


def share_within_half_of_the_limit(drawn, fan_in, fan_out, **_):
    """About a half of the weights lie within a half of the limit, sqrt(6 / (fan_in + fan_out))."""
    half = math.sqrt(6 / (fan_in + fan_out)) / 2
    allowed = _properties.around(max(drawn.size, 1) / 4) / max(drawn.size, 1)
    return Statistic((np.abs(drawn) < half).mean(), 0.5 - allowed, 0.5 + allowed)


def largest_mean_of_an_input(drawn, fan_in, fan_out, **_):
    """The mean of the weights of each input is about 0; 1 is the most that chance allows."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.evenness(drawn / limit, 1, partial(_properties.uniform, 2))


def largest_mean_of_a_unit(drawn, fan_in, fan_out, **_):
    """The mean of the weights of each unit is about 0; 1 is the most that chance allows."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _properties.evenness(drawn / limit, 0, partial(_properties.uniform, 2))


def _torch(torch, fan_in, fan_out, seed):
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    generator = torch.Generator(weight.device).manual_seed(seed)
    return torch.nn.init.xavier_uniform_(weight, generator=generator).T


SPEC = Sampler(
    run=run,
    torch=_torch,
    properties=(
        shape,
        largest_weight,
        mean,
        standard_deviation,
        distance_from_the_uniform_distribution,
        share_within_half_of_the_limit,
        largest_mean_of_an_input,
        largest_mean_of_a_unit,
    ),
)
