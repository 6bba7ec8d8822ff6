"""Settings of a grid search: every value of one setting with every value of the other.

    (a_1, b_1), (a_1, b_2), ..., (a_1, b_m), (a_2, b_1), ...         n m rows of two

The second setting changes fastest, as in nested loops and `itertools.product`. The number of
trainings is the product of the numbers of values. Each further setting multiplies it again, so a
grid has to be small. If one setting has no values, the result has shape (0, 2).

    >>> run(np.array([0.1, 0.01]), np.array([8, 16, 32])).tolist()
    [[0.1, 8.0], [0.1, 16.0], [0.1, 32.0], [0.01, 8.0], [0.01, 16.0], [0.01, 32.0]]

Source: Vanschoren (001), "Tuning multiple hyperparameters"; Bergstra and Bengio 2012.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Real


def run(
    rates: Shaped[Real, "n"], units: Shaped[Index, "m", Below("257", least=1)]
) -> Shaped[Real, "s 2"]:
    first = np.tile(np.reshape(rates, (-1, 1)), (1, len(units)))
    second = np.tile(np.asarray(units, dtype=first.dtype), (len(rates), 1))
    return np.stack([np.reshape(first, (-1,)), np.reshape(second, (-1,))]).T


def one_by_one(f, rates, units):
    """With a single rate, the grid combines this rate with all numbers of units."""
    alone = f(rates[:1], units)
    return (alone[:, 0], alone[:, 1]), (0 * units + rates[0], units)


def rate_by_rate(f, rates, units):
    """The grid consists of the grids of its rates, one below the other."""
    parts = [f(rates[i : i + 1], units) for i in range(len(rates))]
    return f(rates, units), np.concatenate(parts)


def as_many_as_the_product(f, rates, units):
    """The number of settings is the number of rates times the number of units."""
    return np.array(len(f(rates, units))), np.array(len(rates) * len(units))


SPEC = Procedure(
    run=run,
    torch=lambda torch, rates, units: torch.cartesian_prod(rates, units.to(rates.dtype)),
    properties=(one_by_one, rate_by_rate, as_many_as_the_product),
)
