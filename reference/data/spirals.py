"""Spirals: one arm for each class, wound around one another; the hardest of the small data sets.

    radius r ~ U[0.1, 1),   angle = 2 pi (turns r + c/k) for class c of k

Gaussian noise of standard deviation `noise` is added to both coordinates. With more turns, the
decision boundary bends more often, and more hidden units are needed. Points have shape
(examples, 2) and labels (examples,). The same seed gives the same data.

    >>> sorted(run(examples=7, classes=3)[1].tolist())
    [0, 0, 0, 1, 1, 2, 2]

Source: Lang and Witbrock 1988.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Convention, Index, Procedure, Range, Real, Try


def run(
    *,
    examples: Shaped[int, Try((1, 3, 25)), Range(0, 40)],
    classes: Shaped[int, Try((2, 3)), Range(1, 40)] = 2,
    turns: Shaped[float, Try((1.0, 1.5)), Range(0, math.inf)] = 1.0,
    noise: Shaped[float, Convention((0.0, 0.05, 0.2)), Range(0, math.inf)] = 0.02,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Real, Index]:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % classes)
    radius = rng.uniform(0.1, 1.0, examples)
    angle = 2 * np.pi * (turns * radius + labels / classes)
    points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return points + noise * rng.standard_normal(points.shape), labels


def one_arm_turned(f, examples, classes, turns, noise, seed):
    """Without noise, turning the arm of class c back by c/k of a circle puts it on arm 0."""
    settings = {"classes": classes, "turns": turns, "seed": seed}
    points, labels = f(examples=examples, noise=0.0, **settings)
    back, radius = 2 * np.pi / classes * labels, np.hypot(*points.T)
    turned = np.cos(back) * points.T + np.sin(back) * np.stack([points[:, 1], -points[:, 0]])
    along = 2 * np.pi * turns * radius
    return turned, radius * np.stack([np.cos(along), np.sin(along)]), 100 * (1 + turns)


def noise_is_added(f, examples, classes, turns, noise, seed):
    """Doubling the noise moves every point twice as far from its arm."""
    settings = {"examples": examples, "classes": classes, "turns": turns, "seed": seed}
    bare, once, twice = (f(noise=k * noise, **settings)[0] for k in range(3))
    return twice - bare, 2 * (once - bare), 16 * (1 + np.abs(twice))


def classes_balanced(f, examples, classes, **settings):
    """Class sizes differ by at most one, and lower classes are the larger ones."""
    labels = f(examples=examples, classes=classes, **settings)[1]
    counts = [len(range(c, examples, classes)) for c in range(classes)]
    return np.bincount(labels, minlength=classes), counts


def noise_is_normal(f, examples, classes, turns, noise, seed):
    """If `noise` is 1, the added noise has a standard normal distribution."""
    settings = {"examples": _properties.EXAMPLES, "classes": classes, "turns": 1.0, "seed": seed}
    bare, once = (f(noise=k, **settings)[0] for k in (0.0, 1.0))
    return _properties.independent_normal(once - bare)


def evenly_along_the_arms(f, examples, classes, turns, noise, seed):
    """Without noise, distances from the centre are uniformly distributed from 0.1 to 1."""
    points, _ = f(examples=_properties.EXAMPLES, classes=classes, turns=1.0, noise=0.0, seed=seed)
    return _properties.independent_uniform((np.hypot(*points.T) - 0.1) / 0.9)


def classes_mixed(f, examples, classes, turns, noise, seed):
    """The classes come in random order, not one after the other."""
    settings = {"examples": _properties.LABELS, "classes": classes, "turns": 1.0, "seed": seed}
    return _properties.mixed(f(noise=0.0, **settings)[1])


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    properties=(
        one_arm_turned,
        noise_is_added,
        noise_is_normal,
        evenly_along_the_arms,
        classes_balanced,
        classes_mixed,
    ),
)
