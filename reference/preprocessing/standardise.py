"""Standardisation: each feature is scaled to mean 0 and standard deviation 1.

    y = (x - mean) / std,   mean and std of the training data, feature by feature

The variance is divided by n, not n - 1, as in scikit-learn and Keras; torch.std divides by n - 1 by
default. A feature that is constant in the training data is only centred: its standard deviation is
taken as 1. A feature is recognised as constant by its equal minimum and maximum, because the
rounded mean of equal numbers may differ from them. Lecture 000 gives the formula without saying
which data or which axis is meant; using all data leaks information about the test set into the
training. Empty training data raises ValueError.

    >>> run(np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([[0.0, 7.0]]))
    array([[-2.,  2.]])

Source: lecture 000; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import NamedTuple

import numpy as np

from reference.spec import Procedure, Real


class Fitted(NamedTuple):
    mean: Real
    spread: Real


def fit(train: Real) -> Fitted:
    mean = train.mean(axis=0)
    spread = np.sqrt(((train - mean) ** 2).mean(axis=0))
    return Fitted(mean, np.where(_constant(train), 1.0, spread))


def apply(fitted: Fitted, x: Real) -> Real:
    return (x - fitted.mean) / fitted.spread


def invert(fitted: Fitted, y: Real) -> Real:
    return y * fitted.spread + fitted.mean


def run(train: Shaped[Real, "n d"], x: Shaped[Real, "m d"]) -> Shaped[Real, "m d"]:
    return apply(fit(train), x)


def _constant(train: Real) -> Real:
    return train.max(axis=0) == -(-train).max(axis=0)


def centred(f, train, x):
    """The standardised training data has mean zero in every feature."""
    return f(train, train).mean(axis=0), 0 * train[0]


def of_unit_variance(f, train, x):
    """The standardised training data has variance one, or zero in constant features."""
    return (f(train, train) ** 2).mean(axis=0), np.where(_constant(train), 0.0, 1.0)


def blind_to_units(f, train, x):
    """Other units and another zero point change nothing, unless the feature is constant."""
    one = np.where(_constant(train), 1.0, 4.0)
    return f(one * train + 8, one * x + 8), f(train, x)


def each_example_alone(f, train, x):
    """The result for an example does not depend on the other examples in x."""
    return f(train, x)[:1], f(train, x[:1])


def invertible(f, train, x):
    """The inverse transformation gives x back."""
    return invert(fit(train), f(train, x)), x


def _torch(torch, train, x):
    constant = train.amax(dim=0) == train.amin(dim=0)
    spread = train.std(dim=0, correction=0).masked_fill(constant, 1.0)
    return (x - train.mean(dim=0)) / spread


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(centred, of_unit_variance, blind_to_units, each_example_alone, invertible),
)
