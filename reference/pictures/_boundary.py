"""The decision boundaries of a classifier of points in the plane, and its certainty.

The colour shows the predicted class, and is paler where the prediction is less certain. Lines show
where two classes are equally probable.

Source: lecture 000; Vanschoren (001).
"""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from reference.models import Network
from reference.pictures._style import COLOURS, INK, figure, plain
from reference.spec import Index, Real

PLACES = 300
MARGIN = 0.12


def decision_boundary(model: Network, points: Real, labels: Index, title: str = "") -> Figure:
    """For models whose output is one sigmoid, or a softmax over the classes."""
    page, axes = figure(4.2, 3.8)
    low, high = points.min(axis=0), points.max(axis=0)
    low, high = low - MARGIN * (high - low), high + MARGIN * (high - low)
    x, y = np.meshgrid(*np.linspace(low, high, PLACES).T)
    shares = _probabilities(model, np.stack([x.ravel(), y.ravel()], axis=1))
    picture = _mixed(shares).reshape(PLACES, PLACES, 3)
    extent = (low[0], high[0], low[1], high[1])
    axes.imshow(picture, origin="lower", extent=extent, aspect="auto", interpolation="bilinear")
    for each in shares.T if shares.shape[1] > 2 else shares.T[:1]:
        lead = (2 * each - 1 if shares.shape[1] == 2 else _lead(each, shares)).reshape(x.shape)
        if lead.min() < 0 < lead.max():
            axes.contour(x, y, lead, levels=[0], colors=INK, linewidths=1)
    for c in range(shares.shape[1]):
        axes.scatter(
            *points[labels == c].T, s=20, color=COLOURS[c], edgecolors="white", linewidths=0.6
        )
    plain(axes, title)
    return page


def _probabilities(model: Network, places: Real) -> Real:
    outputs = model.predict(places)
    return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


def _lead(each: Real, shares: Real) -> Real:
    """The difference between a class and the best of the other classes."""
    others = np.sort(shares, axis=1)
    return each - np.where(each == others[:, -1], others[:, -2], others[:, -1])


def _mixed(shares: Real) -> Real:
    """The colour of the predicted class, stronger where it is further ahead."""
    colours = np.array([to_rgb(COLOURS[c]) for c in range(shares.shape[1])])
    ordered = np.sort(shares, axis=1)
    sure = (ordered[:, -1] - ordered[:, -2])[:, None]
    strength = 0.08 + 0.42 * sure
    return 1 - strength * (1 - colours[shares.argmax(axis=1)])
