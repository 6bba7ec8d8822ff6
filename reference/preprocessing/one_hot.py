"""One-hot encoding: a row of zeros with a one at the label.

    y[i, c] = 1 where c = label i,  else 0

Classes count from 0, and their number is said and not guessed: a batch without the last class
would otherwise have a column less. An encoded class is a corner of the simplex, the probability
distribution of a network that is certain.

Source: Vanschoren (001); Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Real, Try


def run(
    labels: Shaped[Index, "n", Below("n")], *, classes: Shaped[int, Try((5, 8))]
) -> Shaped[Real, "n c"]:
    return np.eye(classes)[labels]


def argmax_undoes_it(f, labels, classes):
    """The largest entry of each row is at the label."""
    return f(labels, classes=classes).argmax(axis=1), labels


def sums_to_one(f, labels, classes):
    """Each row is a probability distribution."""
    return f(labels, classes=classes).sum(axis=1), np.ones(len(labels))


def column_sums_count(f, labels, classes):
    """Adding up the rows counts the examples of each class."""
    return f(labels, classes=classes).sum(axis=0), np.bincount(labels, minlength=classes)


SPEC = Procedure(
    run=run,
    torch=lambda torch, labels, classes: torch.nn.functional.one_hot(labels, classes),
    laws=(argmax_undoes_it, sums_to_one, column_sums_count),
    source="Brajard (003)",
)
