"""One-hot encoding: a row of zeros with a one at the label.

    y[i, c] = 1 where c = label i,  else 0

Classes are numbered from 0. The number of classes is an argument and is not inferred from the
labels: otherwise a batch without the last class would give one column less. PyTorch's one_hot and
Keras's to_categorical infer it by default. A one-hot row is a corner of the simplex: the
probability distribution of a network that is certain. A label that is not in range(classes) raises
IndexError. Empty labels give an array of shape (0, classes). Lecture 003 prints "Cat" above
(0, 0, 1), which is its duck.

    >>> run(np.array([2, 0]), classes=4)
    array([[0., 0., 1., 0.],
           [1., 0., 0., 0.]])

Source: Vanschoren (001); Brajard (003).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.losses._labels import places
from reference.spec import Below, Index, Procedure, Range, Real, Try


def run(
    labels: Shaped[Index, "n", Below("classes")], *, classes: Shaped[int, Try((5, 8)), Range(5, 40)]
) -> Shaped[Real, "n c"]:
    return np.eye(classes)[places(labels, classes)]


def argmax_undoes_it(f, labels, classes):
    """The largest entry of each row is at the position given by the label."""
    return f(labels, classes=classes).argmax(axis=1), labels


def sums_to_one(f, labels, classes):
    """The entries of each row add up to one."""
    return f(labels, classes=classes).sum(axis=1), np.ones(len(labels))


def column_sums_count(f, labels, classes):
    """The sum of each column is the number of examples of this class."""
    return f(labels, classes=classes).sum(axis=0), np.bincount(labels, minlength=classes)


SPEC = Procedure(
    run=run,
    torch=lambda torch, labels, classes: torch.nn.functional.one_hot(labels, classes),
    properties=(argmax_undoes_it, sums_to_one, column_sums_count),
)
