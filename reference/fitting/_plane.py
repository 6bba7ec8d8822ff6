"""Classes of points in the plane with borders that bend: how they are laid out and judged."""

from typing import Annotated as Shaped

import numpy as np

from reference.fitting import _new_examples
from reference.spec import Index, Named, Real

Data = tuple[
    Shaped[Real, "n 2", Named("x")],
    Shaped[Index, "n", Named("labels")],
    Shaped[Real, "m 2", Named("new")],
    Shaped[Index, "m", Named("truth")],
]


def turned(rng, points):
    """The points, turned by a random angle."""
    angle = rng.uniform(0, 2 * np.pi)
    return points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


def share_right(least):
    """The test that at least this share of the new examples is classified right."""

    def share_right(scores, *, truth, **_):
        """Most of the new examples are classified right.

        Of the new examples, a share of {got:.2f} is classified right. At least {low:.2f} is asked.

        The network does not classify new examples well. Does the training loss fall, have all
        features the same size, and can the network draw a border that bends?
        """
        return _new_examples.right(scores, truth, least)

    return share_right


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
