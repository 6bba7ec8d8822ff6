"""Seeds, and labels as one-hot rows."""

from typing import Any

import numpy as np

from reference.keras import config
from reference.preprocessing import one_hot
from reference.spec import Real

_STATE = {"seeds": np.random.default_rng(0)}


def set_random_seed(seed: int) -> None:
    """Let all models built from now on, in their order, have the same weights each time."""
    _STATE["seeds"] = np.random.default_rng(seed)


def next_seed() -> int:
    return int(_STATE["seeds"].integers(2**32))


def to_categorical(x: Any, num_classes: int | None = None) -> Real:
    """One-hot rows of labels from 0 up; as many classes as the largest label says, or more.

    >>> to_categorical([4], 10).tolist()
    [[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """
    labels = np.asarray(x)
    if labels.dtype.kind not in "biuf":
        raise ValueError(f"labels are whole numbers from 0 up, not {labels.ravel()[:1]}")
    if labels.ndim == 2 and labels.shape[1] > 1 and (labels.sum(axis=1) == 1).all():
        raise ValueError(f"these rows are one-hot already: their shape is {labels.shape}")
    if labels.ndim > 1 and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if labels.size == 0 or (labels != labels.astype(int)).any() or labels.min() < 0:
        raise ValueError(f"labels are whole numbers from 0 up, not {labels.ravel()[:5]} ...")
    classes = int(labels.max()) + 1 if num_classes is None else num_classes
    if labels.max() >= classes:
        raise ValueError(f"the label {int(labels.max())} needs {int(labels.max()) + 1} classes")
    rows = one_hot.run(labels.ravel().astype(int), classes=classes)
    return rows.reshape(*labels.shape, classes).astype(config.floatx())
