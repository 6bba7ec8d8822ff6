"""Examples, targets and weights of a training, checked before it starts.

What numpy would answer with a broadcast or a message about axes is answered with the shapes and a
way out. Arrays that are no plain numpy arrays are taken as they are.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from reference.models._targets import warn
from reference.spec import Real


class Data(NamedTuple):
    """Examples, targets, and how much each example counts; 1 by default."""

    x: Real
    y: Real
    weights: Real | None = None

    def part(self, index: Any) -> "Data":
        return Data(
            self.x[index], self.y[index], None if self.weights is None else self.weights[index]
        )


def data(x: Any, y: Any, weights: Any = None, *, name: str = "") -> Data:
    """Arrays with one row for each example. Raises TypeError or ValueError with a way out."""
    if x is not None and y is None:
        raise TypeError("give examples and targets: fit(x, y), evaluate(x, y)")
    x, y = array(f"{name}x", x), array(f"{name}y", y)
    if len(x) != len(y):
        swapped = "" if x.ndim < 2 or len(y) != x.shape[1] else " Is x transposed? Try x.T."
        raise ValueError(
            f"there are {len(x)} examples, but {len(y)} targets: {name}x has shape {x.shape} and "
            f"{name}y has shape {y.shape}.{swapped}"
        )
    return Data(x, y, None if weights is None else _weights(weights, len(x)))


def array(name: str, values: Any) -> Any:
    """A plain array of numbers, or what is an array of another kind."""
    if values is None or np.isscalar(values) or isinstance(values, dict):
        raise TypeError(f"{name} is an array with one row for each example, not {values!r:.60}")
    if hasattr(values, "value") or type(values).__module__.startswith("checker."):
        return values  # an array that carries more than numbers
    try:
        found = np.asarray(values)
    except ValueError as error:
        raise ValueError(
            f"the rows of {name} differ in length; an array needs equal ones"
        ) from error
    if found.dtype == object:
        found = _numbers(name, found)
    if found.dtype.kind in "US" and name.endswith("x"):
        text = str(found.flat[0])
        raise ValueError(f"{name} holds text, such as {text!r:.40}; numbers are needed")
    _say_if_broken(name, found)
    return found


def held_back(whole: Data, share: Any) -> tuple[Data, Data | None]:
    """The training data, and its last part for validation, as in Keras."""
    if not isinstance(share, float | int) or not 0 <= share < 1:
        raise ValueError(f"validation_split is a share from 0 up to 1, not {share!r}")
    if not share:
        return whole, None
    kept = math.floor(len(whole.x) * (1.0 - share))
    if kept in (0, len(whole.x)):
        left = "train on" if kept == 0 else "validate on"
        raise ValueError(
            f"{len(whole.x)} examples cannot be split with validation_split={share}: no example "
            f"would be left to {left}"
        )
    return whole.part(slice(kept)), whole.part(slice(kept, None))


def validation(given: Any) -> Data:
    """(x, y), or (x, y, weights)."""
    if not isinstance(given, tuple | list) or len(given) not in (2, 3):
        raise ValueError("validation_data is (x, y), or (x, y, sample_weight)")
    x, y, *weights = given
    return data(x, y, *weights, name="validation ")


def weighted(whole: Data, class_weight: Mapping[int, float] | None) -> Data:
    """Let each example count as much as its class; a class that is not named counts 1."""
    if class_weight is None:
        return whole
    if whole.weights is not None:
        raise ValueError("give class_weight or sample_weight, not both")
    if not isinstance(class_weight, Mapping):
        raise TypeError(
            f"class_weight is a dictionary such as {{0: 1.0, 1: 2.0}}, not {class_weight!r:.60}"
        )
    rows = whole.y.ndim == 2 and whole.y.shape[1] > 1
    labels = whole.y.argmax(axis=1) if rows else np.reshape(whole.y, -1)
    if (labels != labels.astype(int)).any():
        odd = labels[labels != labels.astype(int)][0]
        raise ValueError(f"class_weight needs labels, but y holds {odd}")
    unknown = [label for label in class_weight if label not in set(labels.tolist())]
    if unknown:
        raise ValueError(
            f"class_weight names the class {unknown[0]!r}, but the labels run from "
            f"{int(labels.min())} to {int(labels.max())}"
        )
    each = [class_weight.get(int(label), 1.0) for label in labels]
    return whole._replace(weights=_weights(each, len(labels)))


def _weights(weights: Any, examples: int) -> Real:
    found = np.asarray(weights)
    if found.shape == (examples, 1):
        found = found[:, 0]
    if found.shape != (examples,):
        raise ValueError(
            f"sample_weight has one number for each example, so its shape is ({examples},), "
            f"not {found.shape}"
        )
    if found.dtype.kind not in "biuf" or not (found >= 0).all():
        raise ValueError("weights of examples and classes are numbers from 0 up")
    return found


def _numbers(name: str, found: Any) -> Any:
    """Objects as numbers, if they are numbers."""
    try:
        return found.astype(float)
    except (TypeError, ValueError):
        if name.endswith("y"):
            return found.astype(str)
        odd = next(value for value in found.flat if not isinstance(value, int | float))
        raise ValueError(f"{name} holds {odd!r:.40}; numbers are needed") from None


def _say_if_broken(name: str, found: Real) -> None:
    if found.dtype.kind == "f" and not np.isfinite(found).all():
        rows = int((~np.isfinite(found)).reshape(len(found), -1).any(axis=1).sum())
        warn(f"{name} holds nan or infinity in {rows} of {len(found)} rows; remove or replace them")
