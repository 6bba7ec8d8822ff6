"""Circles: one class around the other, so that only the distance from the centre tells them apart.

    (r cos a, r sin a),   a ~ U[0, 2 pi),   r = 1 for class 0 and `inner` for class 1

Gaussian noise of standard deviation `noise` is added to both coordinates. Points have shape
(examples, 2) and labels (examples,). The same seed gives the same data. scikit-learn spaces the
angles evenly instead of sampling them.

    >>> sorted(np.hypot(*run(examples=5, noise=0.0)[0].T).round(4).tolist())
    [0.5, 0.5, 1.0, 1.0, 1.0]

Source: scikit-learn's make_circles; lecture 000.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Convention, Index, Procedure, Range, Real, Try


def run(
    *,
    examples: Shaped[int, Try((1, 2, 25)), Range(0, 40)],
    noise: Shaped[float, Convention((0.0, 0.1, 0.5)), Range(0, math.inf)] = 0.1,
    inner: Shaped[float, Try((0.5, 0.25)), Range(0, 1)] = 0.5,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Real, Index]:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % 2)
    angle = rng.uniform(0, 2 * np.pi, examples)
    radius = np.where(labels == 0, 1.0, inner)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return points + noise * rng.standard_normal(points.shape), labels


def round_without_noise(f, examples, noise, inner, seed):
    """Without noise, class 0 is at distance 1 from the centre and class 1 at distance `inner`."""
    points, labels = f(examples=examples, noise=0.0, inner=inner, seed=seed)
    return (points**2).sum(axis=1), np.where(labels == 0, 1.0, inner**2), 8.0


def noise_is_added(f, examples, noise, inner, seed):
    """Doubling the noise moves every point twice as far from its circle."""
    bare, once, twice = (
        f(examples=examples, noise=k * noise, inner=inner, seed=seed)[0] for k in range(3)
    )
    return twice - bare, 2 * (once - bare), 16 * (1 + np.abs(twice))


def classes_balanced(f, examples, noise, inner, seed):
    """Class 0 has as many examples as class 1, or one more."""
    labels = f(examples=examples, noise=noise, inner=inner, seed=seed)[1]
    return np.bincount(labels, minlength=2), [(examples + 1) // 2, examples // 2]


def noise_is_normal(f, examples, noise, inner, seed):
    """If `noise` is 1, the added noise has a standard normal distribution."""
    bare, once = (
        f(examples=_properties.EXAMPLES, noise=k, seed=seed, inner=0.5)[0] for k in (0.0, 1.0)
    )
    return _properties.independent_normal(once - bare)


def evenly_all_the_way_round(f, examples, noise, inner, seed):
    """The angles of the points are uniformly distributed over the whole circle."""
    (x, y), _ = (
        each.T for each in f(examples=_properties.EXAMPLES, noise=0.0, inner=0.5, seed=seed)
    )
    return _properties.independent_uniform(np.arctan2(y, x) / (2 * np.pi) % 1)


def classes_mixed(f, examples, noise, inner, seed):
    """The classes come in random order, not one after the other."""
    return _properties.mixed(f(examples=_properties.LABELS, noise=0.0, inner=0.5, seed=seed)[1])


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    properties=(
        round_without_noise,
        noise_is_added,
        classes_balanced,
        noise_is_normal,
        evenly_all_the_way_round,
        classes_mixed,
    ),
)
