"""A noisy sine for regression: few parameters cannot fit it, and many also fit the noise.

    y = sin(2 pi x) + noise e,   x ~ U[0, 1),   e ~ N(0, 1)

`noise` is the standard deviation, and its square is the mean squared error of the best possible
network. Inputs and targets both have shape (examples, 1). The same seed gives the same data.

    >>> [a.shape for a in run(examples=4)]
    [(4, 1), (4, 1)]

Source: Bishop 2006, section 1.1.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Convention, Procedure, Range, Real, Try


def run(
    *,
    examples: Shaped[int, Try((1, 2, 25)), Range(0, 40)],
    noise: Shaped[float, Convention((0.0, 0.25, 1.0)), Range(0, math.inf)] = 0.25,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Real, Real]:
    rng = np.random.default_rng(seed)
    x = rng.random((examples, 1))
    return x, np.sin(2 * np.pi * x) + noise * rng.standard_normal(x.shape)


def sine_without_noise(f, examples, noise, seed):
    """Without noise, every target is exactly sin(2 pi x)."""
    x, y = f(examples=examples, noise=0.0, seed=seed)
    return y, -np.sin(2 * np.pi * x + np.pi), 16.0


def one_to_a_row(f, examples, noise, seed):
    """Inputs and targets both have shape (examples, 1)."""
    x, y = f(examples=examples, noise=noise, seed=seed)
    return (np.array(x.shape), np.array(y.shape)), ([examples, 1], [examples, 1])


def noise_is_added(f, examples, noise, seed):
    """Doubling the noise moves every target twice as far from the curve."""
    bare, once, twice = (f(examples=examples, noise=k * noise, seed=seed)[1] for k in range(3))
    return twice - bare, 2 * (once - bare), 16 * (1 + np.abs(twice))


def noise_is_normal(f, examples, noise, seed):
    """If `noise` is 1, the added noise has a standard normal distribution."""
    bare, once = (f(examples=_properties.EXAMPLES, noise=k, seed=seed)[1] for k in (0.0, 1.0))
    return _properties.independent_normal(once - bare)


def evenly_from_0_to_1(f, examples, noise, seed):
    """The inputs are uniformly distributed between 0 and 1."""
    x, _ = f(examples=_properties.EXAMPLES, noise=0.0, seed=seed)
    return _properties.independent_uniform(x)


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    properties=(
        one_to_a_row,
        sine_without_noise,
        noise_is_added,
        noise_is_normal,
        evenly_from_0_to_1,
    ),
)
