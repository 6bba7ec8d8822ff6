"""Label encoding: the classes are sorted and numbered from 0.

    code i = the number of different classes that come before label i

The classes are those of the training data. A label that is not among them raises ValueError,
because no output of the network stands for it. Lecture 001 numbers from 1 in its text and from 0 in
its code; Keras and PyTorch need numbers from 0. Of two classes, sorting makes cat 0 and dog 1,
while lecture 003 gives the cat 1; either is right. scikit-learn's LabelEncoder gives the same
codes. An empty array gives an empty array.

    >>> run(np.array([3, 7, 7, 4]))
    array([0, 2, 2, 1])

Source: Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference.spec import Below, Index, Procedure


class Fitted(NamedTuple):
    classes: NDArray[Any]


def fit(train: NDArray[Any]) -> Fitted:
    return Fitted(np.unique(train))


def apply(fitted: Fitted, labels: NDArray[Any]) -> Index:
    """Return the code of each label. Raises ValueError for a label not in the training data."""
    unknown = np.setdiff1d(labels, fitted.classes).tolist()
    if unknown:
        raise ValueError(f"label {unknown[0]!r} is not among the classes {fitted.classes.tolist()}")
    return np.searchsorted(fitted.classes, labels)


def invert(fitted: Fitted, codes: Index) -> NDArray[Any]:
    return fitted.classes[codes]


def run(labels: Shaped[Index, "n", Below("n")]) -> Shaped[Index, "n"]:
    return apply(fit(labels), labels)


def invertible(f, labels):
    """Looking up the class of each code gives the labels back."""
    return invert(fit(labels), f(labels)), labels


def without_gaps(f, labels):
    """Every number from 0 to the largest code is used."""
    codes = f(labels)
    return np.unique(codes), np.arange(codes.max() + 1)


def blind_to_names(f, labels):
    """Replacing the classes by others in the same order does not change the codes."""
    return f(10 * labels + 3), f(labels)


SPEC = Procedure(
    run=run,
    torch=lambda torch, labels: torch.unique(labels, return_inverse=True)[1],
    properties=(invertible, without_gaps, blind_to_names),
)
