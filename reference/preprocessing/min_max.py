"""Min-max scaling: each feature of the training data is mapped to the range from 0 to 1.

    y = (x - low) / (high - low),   low and high of the training data, feature by feature

Other data may fall outside this range and is not clipped: clipping would hide that it differs from
the training data. A feature that is constant in the training data is only shifted, so that it
becomes 0 there. Dividing pixels by 255, as in lecture 001, is the same scaling with known bounds
instead of fitted ones; the mean is then not 0, as the lecture requires, but 0.31 for the digits of
`reference.data`, divided by 16. Empty training data raises ValueError.

    >>> run(np.array([[0.0, 5.0], [4.0, 5.0]]), np.array([[6.0, 7.0]]))
    array([[1.5, 2. ]])

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
    """Each feature of the training data ranges from 0 to 1, or is 0 if it is constant."""
    y = f(train, train)
    varies = np.where(train.max(axis=0) == -(-train).max(axis=0), 0.0, 1.0)
    return (-(-y).max(axis=0), y.max(axis=0)), (0 * varies, varies)


def blind_to_units(f, train, x):
    """Measuring a feature in other units changes nothing, unless the feature is constant."""
    one = np.where(train.max(axis=0) == -(-train).max(axis=0), 1.0, 4.0)
    return f(one * train, one * x), f(train, x)


def turned_round(f, train, x):
    """Changing the sign of a feature turns y into 1 - y, unless the feature is constant."""
    varies = np.where(train.max(axis=0) == -(-train).max(axis=0), 0.0, 1.0)
    return f(-train, -x) * varies, (1 - f(train, x)) * varies


def each_example_alone(f, train, x):
    """The result for an example does not depend on the other examples in x."""
    return f(train, x)[:1], f(train, x[:1])


def invertible(f, train, x):
    """The inverse transformation gives x back."""
    return invert(fit(train), f(train, x)), x


def _torch(torch, train, x):
    low, high = train.amin(dim=0), train.amax(dim=0)
    return (x - low) / (high - low).masked_fill(high == low, 1.0)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(from_zero_to_one, blind_to_units, turned_round, each_example_alone, invertible),
)
