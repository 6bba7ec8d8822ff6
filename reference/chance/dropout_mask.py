"""The mask of inverted dropout, drawn: what the activations of a batch are multiplied by.

    mask = 0 with probability rate, else 1 / (1 - rate)

for each unit of each example by itself, in the shape (examples, units). What is kept is enlarged at
once, so that the mean stays and nothing need be done in use: torch and Keras do that. Srivastava's
own form keeps a plain 1 and shrinks in use.

A right draw breaks one of the laws less often than once in 10^9 draws.

Source: Srivastava et al. 2014, section 10; Vanschoren (001).
"""

from functools import partial
from typing import Annotated as Shaped

import numpy as np

from reference.chance import _laws
from reference.spec import Draw, Real, Seen, Try


def run(
    *,
    examples: Shaped[int, Try((150, 90))],
    units: Shaped[int, Try((100, 160))],
    rate: Shaped[float, Try((0.2, 0.5, 0.75))],
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Real, "examples units"]:
    kept = np.random.default_rng(seed).random((examples, units)) >= rate
    return kept / (1 - rate)


def shape(drawn, examples, units, **_):
    """There is a row for each example and a column for each unit."""
    return _laws.shape(drawn, examples, units)


def kept(drawn, rate, **_):
    """The share of entries that are not 0 is 1 - rate."""
    allowed = _laws.within(1, max(drawn.size, 1))
    return Seen((drawn != 0).mean(), 1 - rate - allowed, 1 - rate + allowed)


def scale(drawn, rate, **_):
    """What is kept is multiplied by 1 / (1 - rate), counted as a multiple of that: the least."""
    size = np.abs(drawn[drawn != 0] * (1 - rate)).min(initial=np.inf)
    return Seen(size, 1 - 1e-6, 1 + 1e-6)


def largest(drawn, rate, **_):
    """And the most: there is no third number."""
    return Seen((drawn * (1 - rate)).max(initial=-np.inf), 1 - 1e-6, 1 + 1e-6)


def each_example(drawn, rate, **_):
    """No example loses more units than others: each entry is drawn by itself."""
    return _laws.evenness((drawn != 0) - (1 - rate), 1, partial(_laws.within, 1))


def each_unit(drawn, rate, **_):
    """And no unit is lost more often than others."""
    return _laws.evenness((drawn != 0) - (1 - rate), 0, partial(_laws.within, 1))


def _torch(torch, examples, units, rate, seed):
    torch.manual_seed(seed)
    ones = torch.ones(examples, units, dtype=torch.float64)
    return torch.nn.functional.dropout(ones, rate)


SPEC = Draw(
    run=run,
    torch=_torch,
    laws=(shape, kept, scale, largest, each_example, each_unit),
    source="Srivastava et al. 2014",
)
