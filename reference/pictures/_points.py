"""Points in the plane, in the colours of their classes.

Labels are class numbers, as integers or floats, in one row or in one column, or one-hot rows.

Source: lecture 000, "Basic example".
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.pictures._style import COLOURS, INK, figure, plain
from reference.spec import Index, Real

MARGIN = 0.12  # the part of the width and of the height that is left free on each side


def points(points: Real, labels: Real | None = None, title: str = "") -> Figure:
    """One dot for each point; without labels all dots have one colour."""
    page, axes = figure(4.2, 3.8)
    plain(axes, title)
    dots(axes, points, labels)
    low, high = window(points)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    return page


def dots(axes: Axes, points: Real, labels: Real | None = None) -> None:
    """Draw the points into axes, one class after the other."""
    style: dict[str, Any] = {"s": 20, "edgecolors": "white", "linewidths": 0.6, "zorder": 3}
    if labels is None:
        axes.scatter(*points.T, color=INK, **style)
        return
    classes = class_numbers(labels)
    for c in range(classes.max(initial=-1) + 1):
        axes.scatter(*points[classes == c].T, color=COLOURS[c % len(COLOURS)], **style)


def window(points: Real) -> tuple[Real, Real]:
    """The lower left and the upper right corner of what is shown."""
    low, high = points.min(axis=0), points.max(axis=0)
    return low - MARGIN * (high - low), high + MARGIN * (high - low)


def class_numbers(labels: Real) -> Index:
    """Class numbers from labels of any form; -1 is class 0, and probabilities are rounded."""
    labels = np.asarray(labels)
    if labels.ndim == 2:
        labels = labels.argmax(axis=1) if labels.shape[1] > 1 else labels[:, 0]
    return np.maximum(np.rint(labels), 0).astype(int)
