"""The decision boundaries of a classifier of points in the plane, and its certainty.

The colour shows the predicted class, and is paler where the prediction is less certain. Lines show
where two classes are equally probable, or where one number reaches a level.

A classifier is a model, or any function of points of shape (n, 2). It returns one number for each
point, the probability of class 1, or class numbers as integers, or one column for each class.

Source: lecture 000; Vanschoren (001).
"""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from reference.models import Network
from reference.pictures._points import class_numbers, dots, window
from reference.pictures._style import COLOURS, FAINT, INK, figure, plain
from reference.spec import Real

PLACES = 300

Classifier = Network | Callable[[Real], Real]


def decision_boundary(
    classifier: Classifier, points: Real, labels: Real, title: str = ""
) -> Figure:
    """The classes of the whole plane as colours, with the points over them."""
    page, axes = figure(4.2, 3.8)
    draw_boundary(axes, classifier, points, labels, title)
    return page


def border(
    classifier: Classifier | None,
    points: Real,
    labels: Real | None = None,
    title: str = "",
    *,
    level: float = 0.5,
) -> Figure:
    """The borders alone, with the points; one number for each point is compared with `level`.

    A neuron without its activation has level 0. Without a classifier, only the points are drawn.
    """
    page, axes = figure(4.2, 3.8)
    draw_border(axes, classifier, points, labels, level)
    plain(axes, title)
    return page


def draw_boundary(
    axes: Axes, classifier: Classifier, points: Real, labels: Real, title: str = ""
) -> None:
    low, high = window(points)
    x, y = _grid(low, high)
    shares = _probabilities(_answers(classifier, x, y))
    picture = _mixed(shares).reshape(PLACES, PLACES, 3)
    extent = (low[0], high[0], low[1], high[1])
    axes.imshow(picture, origin="lower", extent=extent, aspect="auto", interpolation="bilinear")
    _lines(axes, x, y, _leads(shares))
    dots(axes, points, labels)
    plain(axes, title)


def draw_border(
    axes: Axes,
    classifier: Classifier | None,
    points: Real,
    labels: Real | None = None,
    level: float = 0.5,
) -> None:
    low, high = window(points)
    x, y = _grid(low, high)
    axes.axhline(0, color=FAINT, zorder=0)
    axes.axvline(0, color=FAINT, zorder=0)
    if classifier is not None:
        answers = _answers(classifier, x, y)
        number = answers.shape[1] == 1
        _lines(axes, x, y, answers - level if number else _leads(answers))
    dots(axes, points, labels)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))


def _grid(low: Real, high: Real) -> tuple[Real, Real]:
    x, y = np.meshgrid(*np.linspace(low, high, PLACES).T)
    return x, y


def _answers(classifier: Classifier, x: Real, y: Real) -> Real:
    """One column with a number, or one column for each class."""
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    function = classifier.predict if isinstance(classifier, Network) else classifier
    answers = np.asarray(function(places))
    if answers.dtype.kind in "biu" and answers.size == len(places):
        classes = class_numbers(answers)
        return np.eye(max(2, classes.max() + 1))[classes]
    return np.reshape(answers, (len(places), -1))


def _probabilities(answers: Real) -> Real:
    return np.hstack([1 - answers, answers]) if answers.shape[1] == 1 else answers


def _lines(axes: Axes, x: Real, y: Real, leads: Real) -> None:
    for lead in leads.T:
        if lead.min() < 0 < lead.max():
            axes.contour(x, y, lead.reshape(x.shape), levels=[0], colors=INK, linewidths=1)


def _leads(shares: Real) -> Real:
    """The difference between each class and the best of the other classes, in one column each.

    For two classes one column is enough, since the other one is its negative.
    """
    ordered = np.sort(shares, axis=1)
    best_other = np.where(shares == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])
    return (shares - best_other)[:, : None if shares.shape[1] > 2 else 1]


def _mixed(shares: Real) -> Real:
    """The colour of the predicted class, stronger where it is further ahead."""
    colours = np.array([to_rgb(COLOURS[c]) for c in range(shares.shape[1])])
    ordered = np.sort(shares, axis=1)
    sure = (ordered[:, -1] - ordered[:, -2])[:, None]
    strength = 0.08 + 0.42 * sure
    return 1 - strength * (1 - colours[shares.argmax(axis=1)])
