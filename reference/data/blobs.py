"""Blobs: one Gaussian cluster for each class, with centres evenly spaced on a circle.

    x ~ N(centre, spread^2 I),   centre of class c = radius (cos 2 pi c/k, sin 2 pi c/k)

`spread` is the standard deviation. Since it is the same for all classes, the best decision
boundaries are the straight lines halfway between the centres, and a single layer with softmax can
represent them. Points have shape (examples, 2) and labels (examples,). The same seed gives the same
data. scikit-learn samples the centres at random.

    >>> sorted(run(examples=5, classes=2, radius=3.0, spread=0.0)[0][:, 0].round(4).tolist())
    [-3.0, -3.0, 3.0, 3.0, 3.0]

Source: scikit-learn's make_blobs; Brajard (003).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.samplers import _properties
from reference.spec import Index, Procedure, Range, Real, Try


def run(
    *,
    examples: Shaped[int, Try((1, 3, 25)), Range(0, 40)],
    classes: Shaped[int, Try((2, 3, 5)), Range(1, 40)] = 3,
    spread: Shaped[float, Try((0.0, 0.5, 1.0)), Range(0, math.inf)] = 0.5,
    radius: Shaped[float, Try((3.0, 1.0)), Range(0, math.inf)] = 3.0,
    seed: Shaped[int, Try((0, 1))] = 0,
) -> tuple[Real, Index]:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(examples) % classes)
    angle = 2 * np.pi * labels / classes
    centres = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centres + spread * rng.standard_normal(centres.shape), labels


def centres_without_spread(f, examples, classes, spread, radius, seed):
    """Without spread, every point is at the centre of its class."""
    settings = {"classes": classes, "radius": radius, "seed": seed}
    points, labels = f(examples=examples, spread=0.0, **settings)
    turn = 2 * np.pi / classes * labels
    return points, radius * np.stack([np.cos(turn), np.sin(turn)], axis=1), 100 * radius


def spread_is_added(f, examples, classes, spread, radius, seed):
    """Doubling the spread moves every point twice as far from its centre."""
    settings = {"examples": examples, "classes": classes, "radius": radius, "seed": seed}
    bare, once, twice = (f(spread=k * spread, **settings)[0] for k in range(3))
    return twice - bare, 2 * (once - bare), 16 * (radius + np.abs(twice))


def classes_balanced(f, examples, classes, **settings):
    """Class sizes differ by at most one, and lower classes are the larger ones."""
    labels = f(examples=examples, classes=classes, **settings)[1]
    counts = [len(range(c, examples, classes)) for c in range(classes)]
    return np.bincount(labels, minlength=classes), counts


def spread_is_normal(f, examples, classes, spread, radius, seed):
    """If the spread is 1, offsets from the centres have a standard normal distribution."""
    settings = {"examples": _properties.EXAMPLES, "classes": classes, "radius": 3.0, "seed": seed}
    bare, once = (f(spread=k, **settings)[0] for k in (0.0, 1.0))
    return _properties.independent_normal(once - bare)


def classes_mixed(f, examples, classes, spread, radius, seed):
    """The classes come in random order, not one after the other."""
    settings = {"examples": _properties.LABELS, "classes": classes, "radius": 3.0, "seed": seed}
    return _properties.mixed(f(spread=0.0, **settings)[1])


SPEC = Procedure(
    run=run,
    torch="torch has no such data",
    properties=(
        centres_without_spread,
        spread_is_added,
        spread_is_normal,
        classes_balanced,
        classes_mixed,
    ),
)
