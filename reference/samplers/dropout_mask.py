"""Sample the mask of inverted dropout, by which the activations of a batch are multiplied.

    mask = 0 with probability rate, else 1 / (1 - rate)

The mask has shape (examples, units), and its entries are sampled independently. Kept entries are
enlarged in training, so that the mean stays the same and nothing has to be done in testing; PyTorch
and Keras do the same. The first form of Srivastava et al. keeps a plain 1 and shrinks the
activations in testing. A rate of 1 gives nan (0 / 0).

A correct sample fails one of the statistical tests less often than once in 10^9 samples.

    >>> np.unique(run(examples=150, units=100, rate=0.75, seed=0))
    array([0., 4.])

Source: Srivastava et al. 2014, section 10; Vanschoren (001).
"""

from functools import partial
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Range, Real, Sampler, Statistic, Try


def run(
    *,
    examples: Shaped[int, Try((150, 90)), Range(1, 400)],
    units: Shaped[int, Try((100, 160)), Range(1, 400)],
    rate: Shaped[float, Try((0.2, 0.5, 0.75)), Range(0, 1)],
    seed: Shaped[int, Try((0, 1))],
) -> Shaped[Real, "examples units"]:
    kept = np.random.default_rng(seed).random((examples, units)) >= rate
    return kept / (1 - rate)


def shape(drawn, examples, units, **_):
    """The mask has a row for each example and a column for each unit."""
    return _properties.shape(drawn, examples, units)


def share_kept(drawn, rate, **_):
    """The share of entries that are not 0 is about 1 - rate."""
    allowed = _properties.around(max(drawn.size, 1) * rate * (1 - rate)) / max(drawn.size, 1)
    return Statistic((drawn != 0).mean(), 1 - rate - allowed, 1 - rate + allowed)


def smallest_entry_kept(drawn, rate, **_):
    """Every entry that is not 0 is 1 / (1 - rate), the smallest one too."""
    return _size(rate, np.min(1.0 * drawn[drawn != 0], initial=np.inf))


def largest_entry_kept(drawn, rate, **_):
    """Every entry that is not 0 is 1 / (1 - rate), the largest one too."""
    return _size(rate, np.max(1.0 * drawn[drawn != 0], initial=-np.inf))


def _size(rate, found):
    right = 1 / (1 - rate)
    size = found if np.isfinite(found) else right  # the share of those kept is tested by itself
    return Statistic(size, right * (1 - 1e-6), right * (1 + 1e-6))


def most_uneven_example(drawn, rate, **_):
    """Every example keeps about the same share of units; 1 is the most that chance allows."""
    return _properties.evenness((drawn != 0) - (1 - rate), 1, partial(_properties.within, 1))


def most_uneven_unit(drawn, rate, **_):
    """Every unit is kept in about the same share of examples; 1 is the most that chance allows."""
    return _properties.evenness((drawn != 0) - (1 - rate), 0, partial(_properties.within, 1))


def _torch(torch, examples, units, rate, seed):
    torch.manual_seed(seed)
    ones = torch.ones(examples, units, dtype=torch.float64)
    return torch.nn.functional.dropout(ones, rate)


SPEC = Sampler(
    run=run,
    torch=_torch,
    properties=(
        shape,
        share_kept,
        smallest_entry_kept,
        largest_entry_kept,
        most_uneven_example,
        most_uneven_unit,
    ),
)
