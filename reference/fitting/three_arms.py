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
from reference.fitting import _new_examples
from reference.spec import Below, Experiment, Index, Named, Real, Try

EXAMPLES, NEW, CLASSES, NOISE, TURNS = 150, 90, 3, 0.04, 0.75
UNITS, RATE, EPOCHS = 24, 0.05, 60
LEAST = 0.85


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n 2", Named("x")],
    Shaped[Index, "n", Named("labels")],
    Shaped[Real, "m 2", Named("new")],
    Shaped[Index, "m", Named("truth")],
]:
    """Spirals, turned, and with features of different sizes."""
    rng = np.random.default_rng([seed, 11])
    points, labels = spirals.run(
        examples=EXAMPLES + NEW,
        classes=CLASSES,
        turns=TURNS,
        noise=NOISE,
        seed=int(rng.integers(2**31)),
    )
    angle = rng.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = points @ turn * [1, 40] + [5, rng.uniform(-100, 100)]
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


def share_right(scores, *, truth, **_):
    """Most of the new examples are classified right.

    Of the new examples, a share of {got:.2f} is classified right. At least {low:.2f} is asked.

    The network does not classify new examples well. Does the training loss fall, have all features
    the same size, and can the network draw a border that bends?
    """
    return _new_examples.right(scores, truth, LEAST)


def most_frequent_answer(scores, *, truth, **_):
    """No class is answered for many more new examples than have it.

    One class is the answer to a share of {got:.2f} of all. At most {high:.2f} is asked.

    One class is answered far too often. Which numbers differ between two rows of your scores, and
    do new examples go through all that the others went through?
    """
    return _new_examples.most_frequent(scores, truth)


def better_than_chance(scores, *, truth, **_):
    """More of the new examples are classified right than by chance.

    A share of {got:.2f} is less than chance finds, even if nothing is learned.

    Most answers are wrong: the scores belong to other classes. Is the largest score that of the
    most likely class, and is the first column that of class 0?
    """
    return _new_examples.better_than_chance(scores, truth)


SPEC = Experiment(
    run=run,
    data=data,
    torch="each training is another one",
    by_luck=(share_right, most_frequent_answer),
    properties=(share_right, most_frequent_answer, better_than_chance),
)
