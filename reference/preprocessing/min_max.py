"""Min-max scaling: every feature of the training data to the range from 0 to 1.

    y = (x - low) / (high - low),   low and high of the training data, feature by feature

Other data may fall outside, and should: clipping would hide that it is unlike the training data.
A feature that never changes becomes 0. Dividing pixels by 255, as lecture 001 does, is the same
with known bounds instead of fitted ones; the mean is then about 0.3 and not 0, for which that
lecture asks two lines before.

Source: Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Procedure, Real


class Fitted(NamedTuple):
    low: Real
    width: Real


def fit(train: Real) -> Fitted:
    low = -(-train).max(axis=0)
    width = train.max(axis=0) - low
    return Fitted(low, np.where(width == 0, 1.0, width))


def apply(fitted: Fitted, x: Real) -> Real:
    return (x - fitted.low) / fitted.width


def invert(fitted: Fitted, y: Real) -> Real:
    return y * fitted.width + fitted.low


def run(train: Shaped[Real, "n d"], x: Shaped[Real, "m d"]) -> Shaped[Real, "m d"]:
    return apply(fit(train), x)


def from_zero_to_one(f, train, x):
    """The training data touches both ends, or is zero where it never changes."""
    y = f(train, train)
    varies = np.where(train.max(axis=0) == -(-train).max(axis=0), 0.0, 1.0)
    return (-(-y).max(axis=0), y.max(axis=0)), (0 * varies, varies)


def blind_to_units(f, train, x):
    """Other units give the same numbers, unless the feature is constant."""
    one = np.where(train.max(axis=0) == -(-train).max(axis=0), 1.0, 4.0)
    return f(one * train, one * x), f(train, x)


def turned_round(f, train, x):
    """The opposite feature runs from 1 to 0."""
    varies = np.where(train.max(axis=0) == -(-train).max(axis=0), 0.0, 1.0)
    return f(-train, -x) * varies, (1 - f(train, x)) * varies


def each_example_alone(f, train, x):
    """What an example becomes does not depend on the others it is applied with."""
    return f(train, x)[:1], f(train, x[:1])


def invertible(f, train, x):
    """The fitted numbers lead back."""
    return invert(fit(train), f(train, x)), x


def _torch(torch, train, x):
    low, high = train.amin(dim=0), train.amax(dim=0)
    return (x - low) / (high - low).masked_fill(high == low, 1.0)


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(from_zero_to_one, blind_to_units, turned_round, each_example_alone, invertible),
    source="Vanschoren (001)",
)
