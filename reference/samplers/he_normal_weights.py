"""Sample He's normal weights, with mean 0 and variance 2 / fan_in.

    w ~ N(0, 2 / fan_in), each weight independent, of shape (fan_in, fan_out)

This is twice LeCun's variance 1 / fan_in, because a rectified linear unit (ReLU) passes on half of
its input. The formula gives the variance, while NumPy's generator takes the standard deviation, its
root. PyTorch calls this Kaiming initialisation and stores the weights transposed, with shape
(fan_out, fan_in). Keras truncates the distribution, so that no weight is beyond 2.27 standard
deviations.

A correct sample fails one of the statistical tests less often than once in 10^9 samples.

    >>> round(float(run(fan_in=200, fan_out=500, seed=0).std()), 2)
    0.1

Source: He, Zhang, Ren, Sun 2015; Vanschoren (001).
"""

import math
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
    rng = np.random.default_rng(seed)
    return math.sqrt(2 / fan_in) * rng.standard_normal((fan_in, fan_out))


def shape(drawn, fan_in, fan_out, **_):
    """The weights have a row for each input and a column for each output."""
    return _properties.shape(drawn, fan_in, fan_out)


def mean(drawn, fan_in, **_):
    """The mean of the weights, in standard deviations, is about 0."""
    allowed = _properties.SIGMAS / math.sqrt(max(drawn.size, 1))
    return Statistic((drawn / math.sqrt(2 / fan_in)).mean(), -allowed, allowed)


def variance(drawn, fan_in, **_):
    """The mean square is about 2 / fan_in; it is shown as a multiple of that."""
    x = _properties.LOG / max(drawn.size, 1)
    square = (drawn**2).mean() / (2 / fan_in)
    return Statistic(square, 1 - 2 * math.sqrt(x), 1 + 2 * math.sqrt(x) + 2 * x)


def distribution(drawn, fan_in, **_):
    """The distribution of the weights is normal; the largest distance from it is shown."""
    return _properties.distribution(drawn / math.sqrt(2 / fan_in), _properties.normal_below)


def inputs(drawn, fan_in, **_):
    """The mean of the weights of each input is about 0: weights are sampled independently."""
    return _properties.evenness(drawn / math.sqrt(2 / fan_in), 1, _of_normal_numbers)


def units(drawn, fan_in, **_):
    """The mean of the weights of each unit is about 0."""
    return _properties.evenness(drawn / math.sqrt(2 / fan_in), 0, _of_normal_numbers)


def _of_normal_numbers(count, means):
    return math.sqrt(2 * (_properties.LOG + math.log(means)) / max(count, 1))


def _torch(torch, fan_in, fan_out, seed):
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    generator = torch.Generator(weight.device).manual_seed(seed)
    return torch.nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=generator).T


SPEC = Sampler(
    run=run,
    torch=_torch,
    properties=(shape, mean, variance, distribution, inputs, units),
)
