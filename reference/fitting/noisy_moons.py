"""Learn two noisy moons from examples, and classify new points.

    scores[i, k] is largest at the class k that new point i is thought to have

Network, weights, optimiser and schedule are free. The moons are turned and stretched, so that only
the examples say where they lie. The classes of the new points are known to the judge alone. No
straight line is right on so many.

    >>> x, labels, new, truth = data(0)
    >>> bool((run(x, labels, new, seed=1).argmax(axis=1) == truth).mean() > 0.9)
    True

Source: scikit-learn's make_moons; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.data import two_moons
from reference.fitting import _new_examples, _plane
from reference.spec import Below, Experiment, Index, Real, Try

EXAMPLES, NEW, NOISE = 150, 150, 0.12
UNITS, RATE, EPOCHS = 16, 0.05, 60
LEAST = 0.92


def data(seed: int) -> _plane.Data:
    """Moons, turned, and stretched along one feature."""
    rng = np.random.default_rng([seed, 12])
    points, labels = two_moons.run(
        examples=EXAMPLES + NEW, noise=NOISE, seed=int(rng.integers(2**31))
    )
    points = _plane.turned(rng, points) * [1, rng.uniform(5, 20)] + rng.uniform(-20, 20, 2)
    return points[:EXAMPLES], labels[:EXAMPLES], points[EXAMPLES:], labels[EXAMPLES:]


def run(
    x: Shaped[Real, "n 2"],
    labels: Shaped[Index, "n", Below("2")],
    new: Shaped[Real, "m 2"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> Shaped[Real, "m 2"]:
    return _new_examples.classify(
        x, labels, new, seed, units=UNITS, rate=RATE, count=EPOCHS, size=3.0
    )


share_right = _plane.share_right(LEAST)

SPEC = Experiment(
    run=run,
    data=data,
    torch="each training is another one",
    by_luck=(share_right, _plane.most_frequent_answer),
    properties=(share_right, _plane.most_frequent_answer, _plane.better_than_chance),
)
