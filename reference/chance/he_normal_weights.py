"""He's normal weights, drawn: zero mean and the variance 2 / fan_in.

    w ~ N(0, 2 / fan_in), each by itself, in the shape (fan_in, fan_out)

Twice Lecun's 1 / fan_in, because a rectified linear unit lets half of what it gets through. The
variance is what the formula gives, and numpy asks for its root. torch stores weights the other way
round; Keras cuts the distribution off at two standard deviations.

A right draw breaks one of the laws less often than once in 10^9 draws.

Source: He, Zhang, Ren, Sun 2015; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.chance import _laws
from reference.spec import Draw, Real, Seen, Try


def run(
    *,
    fan_in: Shaped[int, Try((200, 64))],
    fan_out: Shaped[int, Try((60, 170))],
    seed: Shaped[int, Try((0, 1, 2, 3))],
) -> Shaped[Real, "fan_in fan_out"]:
    rng = np.random.default_rng(seed)
    return math.sqrt(2 / fan_in) * rng.standard_normal((fan_in, fan_out))


def shape(drawn, fan_in, fan_out, **_):
    """There is a row for each input and a column for each output."""
    return _laws.shape(drawn, fan_in, fan_out)


def mean(drawn, fan_in, **_):
    """The mean is 0, counted in standard deviations."""
    allowed = _laws.SIGMAS / math.sqrt(max(drawn.size, 1))
    return Seen((drawn / math.sqrt(2 / fan_in)).mean(), -allowed, allowed)


def variance(drawn, fan_in, **_):
    """The mean square is 2 / fan_in, counted as a multiple of that."""
    x = _laws.LOG / max(drawn.size, 1)
    square = (drawn**2).mean() / (2 / fan_in)
    return Seen(square, 1 - 2 * math.sqrt(x), 1 + 2 * math.sqrt(x) + 2 * x)


def distribution(drawn, fan_in, **_):
    """The distribution is normal: no share of weights below a number is far from its chance."""
    return _laws.distribution(drawn / math.sqrt(2 / fan_in), _laws.normal_below)


def inputs(drawn, fan_in, **_):
    """The weights of no input have a mean of their own: each is drawn by itself."""
    return _laws.evenness(drawn / math.sqrt(2 / fan_in), 1, _of_normal_numbers)


def units(drawn, fan_in, **_):
    """Nor have the weights of any unit."""
    return _laws.evenness(drawn / math.sqrt(2 / fan_in), 0, _of_normal_numbers)


def _of_normal_numbers(count, means):
    return math.sqrt(2 * (_laws.LOG + math.log(means)) / max(count, 1))


def _torch(torch, fan_in, fan_out, seed):
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    return torch.nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=generator).T


SPEC = Draw(
    run=run,
    torch=_torch,
    laws=(shape, mean, variance, distribution, inputs, units),
    source="He et al. 2015",
)
