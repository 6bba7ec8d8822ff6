"""Learn three classes from examples, and classify new ones.

    scores[i, k] is largest at the class k that new example i is thought to have

The classes are arms of a spiral, which straight lines do not separate, and the two features have
sizes and centres that differ by far. Network and training are free. The classes of the new
examples are known to the judge alone.

    >>> x, labels, new, truth = data(0)
    >>> bool((run(x, labels, new, seed=1).argmax(axis=1) == truth).mean() > 0.85)
    True

Source: Lang and Witbrock 1988; Lamurias (000).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.data import spirals
from reference.fitting import _new_examples, _plane
from reference.spec import Below, Experiment, Index, Real, Try

EXAMPLES, NEW, CLASSES, NOISE, TURNS = 150, 90, 3, 0.04, 0.75
UNITS, RATE, EPOCHS = 24, 0.05, 60
LEAST = 0.85


def data(seed: int) -> _plane.Data:
    """Spirals, turned, and with features of different sizes."""
    rng = np.random.default_rng([seed, 11])
    points, labels = spirals.run(
        examples=EXAMPLES + NEW,
        classes=CLASSES,
        turns=TURNS,
        noise=NOISE,
        seed=int(rng.integers(2**31)),
    )
    points = _plane.turned(rng, points) * [1, 40] + [5, rng.uniform(-100, 100)]
    return points[:EXAMPLES], labels[:EXAMPLES], points[EXAMPLES:], labels[EXAMPLES:]


def run(
    x: Shaped[Real, "n 2"],
    labels: Shaped[Index, "n", Below("3")],
    new: Shaped[Real, "m 2"],
    *,
    seed: Shaped[int, Try((0, 1, 2))],
) -> Shaped[Real, "m 3"]:
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
