"""Glorot's uniform weights, drawn: between -limit and limit.

    limit = sqrt(6 / (fan_in + fan_out)),   each by itself, in the shape (fan_in, fan_out)

A uniform number between -limit and limit has the variance limit^2 / 3, which makes it Glorot's
2 / (fan_in + fan_out). torch calls it Xavier and stores weights the other way round; Keras does as
we do, and it is its default for Dense.

A right draw breaks one of the laws less often than once in 10^9 draws.

Source: Glorot and Bengio 2010, eq. 16; Vanschoren (001).
"""

import math
from functools import partial
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
    limit = math.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(seed).uniform(-limit, limit, (fan_in, fan_out))


def shape(drawn, fan_in, fan_out, **_):
    """There is a row for each input and a column for each output."""
    return _laws.shape(drawn, fan_in, fan_out)


def largest(drawn, fan_in, fan_out, **_):
    """No weight is larger than the limit, counted as a multiple of it."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return Seen(np.abs(drawn).max(initial=0) / limit, 0.0, 1 + 1e-6)  # rounded to float32, say


def mean(drawn, fan_in, fan_out, **_):
    """The mean is 0, counted in limits."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    allowed = _laws.within(2, max(drawn.size, 1))
    return Seen((drawn / limit).mean(), -allowed, allowed)


def variance(drawn, fan_in, fan_out, **_):
    """The mean square is 2 / (fan_in + fan_out), counted as a multiple of that."""
    allowed = _laws.within(3, max(drawn.size, 1))
    return Seen((drawn**2).mean() / (2 / (fan_in + fan_out)), 1 - allowed, 1 + allowed)


def distribution(drawn, fan_in, fan_out, **_):
    """The distribution is uniform: no share of weights below a number is far from its chance."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _laws.distribution(drawn, lambda x: np.clip((x / limit + 1) / 2, 0, 1))


def inputs(drawn, fan_in, fan_out, **_):
    """The weights of no input have a mean of their own: each is drawn by itself."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _laws.evenness(drawn / limit, 1, partial(_laws.within, 2))


def units(drawn, fan_in, fan_out, **_):
    """Nor have the weights of any unit."""
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _laws.evenness(drawn / limit, 0, partial(_laws.within, 2))


def _torch(torch, fan_in, fan_out, seed):
    weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    return torch.nn.init.xavier_uniform_(weight, generator=generator).T


SPEC = Draw(
    run=run,
    torch=_torch,
    laws=(shape, largest, mean, variance, distribution, inputs, units),
    source="Glorot and Bengio 2010",
)
