"""Two moons: interlocking half circles, which no straight line separates.

    class 0:  (cos a, sin a)              class 1:  (1 - cos a, 1/2 - sin a)       a ~ U[0, pi)

Gaussian noise of standard deviation `noise` is added to both coordinates. Both classes have the
same number of examples, or class 0 has one more. Points have shape (examples, 2) and labels
(examples,). The same seed gives the same data. scikit-learn spaces the angles evenly instead of
sampling them.

    >>> np.bincount(run(examples=5)[1]).tolist()
    [3, 2]

Source: scikit-learn's make_moons; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Convention, Index, Named, Procedure, Range, Real, Try


def run(
    *,
    examples: Shaped[int, Try((1, 2, 25)), Range(0, 40)],
    noise: Shaped[float, Convention((0.0, 0.1, 0.5)), Range(0, math.inf)] = 0.1,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Shaped[Real, "...", Named("points")], Shaped[Index, "...", Named("labels")]]:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    angle = rng.uniform(0, np.pi, examples)
    upper, lower = [np.cos(angle), np.sin(angle)], [1 - np.cos(angle), 0.5 - np.sin(angle)]
    points = np.where(labels == 0, upper, lower).T
    return points + noise * rng.standard_normal(points.shape), labels


def half_circles_without_noise(f, examples, noise, seed):
    """Without noise, every point is at distance 1 from the centre of its moon."""
    points, labels = f(examples=examples, noise=0.0, seed=seed)
    gap = points - np.where(labels == 0, [[0.0], [0.0]], [[1.0], [0.5]]).T
    return (gap**2).sum(axis=1), np.ones(examples), 8.0


def noise_is_added(f, examples, noise, seed):
    """Doubling the noise moves every point twice as far from its moon."""
    bare, once, twice = (f(examples=examples, noise=k * noise, seed=seed)[0] for k in range(3))
    return twice - bare, 2 * (once - bare), 16 * (1 + np.abs(twice))


def classes_balanced(f, examples, noise, seed):
    """Class 0 has as many examples as class 1, or one more."""
    labels = f(examples=examples, noise=noise, seed=seed)[1]
    return np.bincount(labels, minlength=2), [(examples + 1) // 2, examples // 2]


def noise_is_normal(f, examples, noise, seed):
    """If `noise` is 1, the added noise has a standard normal distribution."""
    bare, once = (f(examples=_properties.EXAMPLES, noise=k, seed=seed)[0] for k in (0.0, 1.0))
    return _properties.independent_normal(once - bare)


def evenly_over_the_moons(f, examples, noise, seed):
    """Without noise, the points of each moon are uniformly distributed over its half circle."""
    points, labels = f(examples=_properties.EXAMPLES, noise=0.0, seed=seed)
    x, y = np.where(labels == 0, points.T, [[1.0], [0.5]] - points.T)
    return _properties.independent_uniform(np.arctan2(y, x) / np.pi)


def classes_mixed(f, examples, noise, seed):
    """The classes come in random order, not one after the other."""
    return _properties.mixed(f(examples=_properties.LABELS, noise=0.0, seed=seed)[1])


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    properties=(
        half_circles_without_noise,
        noise_is_added,
        classes_balanced,
        noise_is_normal,
        evenly_over_the_moons,
        classes_mixed,
    ),
)
