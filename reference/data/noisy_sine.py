"""A noisy sine, for regression: few parameters cannot follow it, many follow the noise.

    y = sin(2 pi x) + noise e,   x ~ U[0, 1),   e ~ N(0, 1)

`noise` is the standard deviation, and its square the loss of the best possible network.

Source: Bishop 2006, section 1.1.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.chance import _laws
from reference.spec import Procedure, Real, Try

MANY = 2000  # points, which tell how they are distributed


def run(
    *,
    examples: Shaped[int, Try((1, 2, 25))],
    noise: Shaped[float, Try((0.0, 0.25, 1.0))] = 0.25,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Real, Real]:
    rng = np.random.default_rng(seed)
    x = rng.random((examples, 1))
    return x, np.sin(2 * np.pi * x) + noise * rng.standard_normal(x.shape)


def sine_without_noise(f, examples, noise, seed):
    """Without noise, half a period further on the value has the opposite sign."""
    x, y = f(examples=examples, noise=0.0, seed=seed)
    return y, -np.sin(2 * np.pi * x + np.pi), 16.0


def one_to_a_row(f, examples, noise, seed):
    """Each example is a row of one input and one target."""
    x, y = f(examples=examples, noise=noise, seed=seed)
    return (np.array(x.shape), np.array(y.shape)), ([examples, 1], [examples, 1])


def noise_is_added(f, examples, noise, seed):
    """Twice the noise moves every target twice as far from the curve."""
    bare, once, twice = (f(examples=examples, noise=k * noise, seed=seed)[1] for k in range(3))
    return twice - bare, 2 * (once - bare), 16 * (1 + np.abs(twice))


def noise_is_normal(f, examples, noise, seed):
    """The noise is normal, and of standard deviation 1 where `noise` is."""
    bare, once = (f(examples=MANY, noise=k, seed=seed)[1] for k in (0.0, 1.0))
    return _laws.fits(once - bare, _laws.normal_below)


def evenly_from_0_to_1(f, examples, noise, seed):
    """The inputs are uniform between 0 and 1."""
    x, _ = f(examples=MANY, noise=noise, seed=seed)
    return _laws.fits(x, _laws.uniform_below)


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    laws=(one_to_a_row, sine_without_noise, noise_is_added, noise_is_normal, evenly_from_0_to_1),
    source="Bishop 2006, 1.1",
)
