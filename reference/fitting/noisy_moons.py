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
from reference.fitting import _new_examples
from reference.spec import Below, Experiment, Index, Named, Real, Try

EXAMPLES, NEW, NOISE = 150, 150, 0.12
UNITS, RATE, EPOCHS = 16, 0.05, 60
LEAST = 0.92


def data(
    seed: int,
) -> tuple[
    Shaped[Real, "n 2", Named("x")],
    Shaped[Index, "n", Named("labels")],
    Shaped[Real, "m 2", Named("new")],
    Shaped[Index, "m", Named("truth")],
]:
    """Moons, turned, and stretched along one feature."""
    rng = np.random.default_rng([seed, 12])
    points, labels = two_moons.run(
        examples=EXAMPLES + NEW, noise=NOISE, seed=int(rng.integers(2**31))
    )
    angle = rng.uniform(0, 2 * np.pi)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = points @ turn * [1, rng.uniform(5, 20)] + rng.uniform(-20, 20, 2)
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


def share_right(scores, *, truth, **_):
    """Most of the new points are classified right.

    Of the new points, a share of {got:.2f} is classified right. At least {low:.2f} is asked.

    The network does not classify new points well. Does the training loss fall, have both features
    the same size, and can the network draw a border that bends?
    """
    return _new_examples.right(scores, truth, LEAST)


def most_frequent_answer(scores, *, truth, **_):
    """No class is answered for many more new points than have it.

    One class is the answer to a share of {got:.2f} of all. At most {high:.2f} is asked.

    One class is answered far too often. Which numbers differ between two rows of your scores, and
    do new examples go through all that the others went through?
    """
    return _new_examples.most_frequent(scores, truth)


def better_than_chance(scores, *, truth, **_):
    """More of the new points are classified right than by chance.

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
