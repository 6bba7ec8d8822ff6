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
    """The mean of the weights is about 0."""
    allowed = _properties.SIGMAS * math.sqrt(2 / fan_in / max(drawn.size, 1))
    return Statistic(drawn.mean(), -allowed, allowed)


def standard_deviation(drawn, fan_in, **_):
    """The standard deviation of the weights is about sqrt(2 / fan_in)."""
    x = _properties.LOG / max(drawn.size, 1)
    ends = 1 - 2 * math.sqrt(x), 1 + 2 * math.sqrt(x) + 2 * x
    return _properties.deviation(drawn, math.sqrt(2 / fan_in), *ends)


def distance_from_the_normal_distribution(drawn, fan_in, **_):
    """The weights are spread like normal numbers: those of a list are too even to be random."""
    return _properties.distribution(drawn / math.sqrt(2 / fan_in), _properties.normal_below)


def share_within_one_standard_deviation(drawn, fan_in, **_):
    """About 0.683 of the weights lie within one standard deviation of 0, sqrt(2 / fan_in)."""
    right = math.erf(math.sqrt(0.5))
    allowed = _properties.around(max(drawn.size, 1) * right * (1 - right)) / max(drawn.size, 1)
    found = (np.abs(drawn) < math.sqrt(2 / fan_in)).mean()
    return Statistic(found, right - allowed, right + allowed)


def largest_mean_of_an_input(drawn, fan_in, **_):
    """The mean of the weights of each input is about 0; 1 is the most that chance allows."""
    return _properties.evenness(drawn / math.sqrt(2 / fan_in), 1, _of_normal_numbers)


def largest_mean_of_a_unit(drawn, fan_in, **_):
    """The mean of the weights of each unit is about 0; 1 is the most that chance allows."""
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
    properties=(
        shape,
        mean,
        standard_deviation,
        distance_from_the_normal_distribution,
        share_within_one_standard_deviation,
        largest_mean_of_an_input,
        largest_mean_of_a_unit,
    ),
)
