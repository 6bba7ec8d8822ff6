"""Label encoding: the classes, sorted, are numbered from 0.

    code i = the number of different classes that come before label i

The classes are those of the training data; a label that is not among them is an error, because
no output stands for it. Lecture 001 numbers from 1 in its text and from 0 in its code; Keras and
torch need 0.

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
    """Raises ValueError for a label the training data did not have."""
    unknown = np.setdiff1d(labels, fitted.classes).tolist()
    if unknown:
        raise ValueError(f"label {unknown[0]!r} is not among the classes {fitted.classes.tolist()}")
    return np.searchsorted(fitted.classes, labels)


def invert(fitted: Fitted, codes: Index) -> NDArray[Any]:
    return fitted.classes[codes]


def run(labels: Shaped[Index, "n", Below("n")]) -> Shaped[Index, "n"]:
    return apply(fit(labels), labels)


def invertible(f, labels):
    """The classes lead back."""
    return invert(fit(labels), f(labels)), labels


def without_gaps(f, labels):
    """Every number from 0 to the last is used."""
    codes = f(labels)
    return np.unique(codes), np.arange(codes.max() + 1)


def blind_to_names(f, labels):
    """Other names in the same order get the same codes."""
    return f(10 * labels + 3), f(labels)


SPEC = Procedure(
    run=run,
    torch=lambda torch, labels: torch.unique(labels, return_inverse=True)[1],
    laws=(invertible, without_gaps, blind_to_names),
    source="Vanschoren (001)",
)
