"""Descent in one dimension: the curve of a loss, and the ways down.

Gradient descent follows the tangent: a long step where the curve is steep, a short one where it is
flat. Hill climbing tries random steps and keeps those that lead lower. `f` is any function of one
number that is written for arrays; its derivative is computed by automatic differentiation.

Source: Sennblad (004), "Gradient Descent".
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.autodiff import Variable, gradients
from reference.descent import gradient_descent, hill_climbing
from reference.pictures._style import COLOURS, INK, SOFT, figure, plain
from reference.spec import Real

Curve = Callable[[Any], Any]
PLACES = 400
TANGENT = 0.06  # half its length, as a part of the width of the window


def descent_on_a_curve(
    f: Curve, start: float, x: tuple[float, float], *, learning_rate: float, steps: int = 3
) -> Figure:
    """A tangent at each point, and an arrow for each step, v' = v - learning_rate dL/dv."""
    page, axes = _page(f, x, f"gradient descent, learning rate {learning_rate:g}")
    path = gradient_descent.descend(
        lambda v: _slope(f, v), np.array(start), learning_rate=learning_rate, steps=steps
    )
    for here, there in pairwise(path):
        _tangent(axes, f, here, TANGENT * (x[1] - x[0]))
        arrow = {"arrowstyle": "-|>", "color": COLOURS[0], "lw": 1.6, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (there, f(here)), (here, f(here)), arrowprops=arrow)
        axes.plot([there, there], [f(here), f(there)], color=SOFT, linewidth=1, linestyle=":")
    axes.plot(path, f(path), "o", color=INK, markersize=5, zorder=4)
    axes.plot([], [], color=COLOURS[1], label="tangent")
    axes.plot([], [], color=COLOURS[0], label="step")
    axes.legend(loc="upper center", frameon=False, fontsize=8.5, labelcolor=INK)
    return page


def hill_climbing_on_a_curve(
    f: Curve,
    start: float,
    x: tuple[float, float],
    *,
    spread: float = 1.0,
    steps: int = 8,
    seed: int = 0,
) -> Figure:
    """The points that were tried, numbered in order: a dot is kept, and a cross is rejected."""
    page, axes = _page(f, x, f"hill climbing, {steps} tries")
    noise = hill_climbing.noise(seed, steps, 1)
    path = hill_climbing.climb(lambda v: f(v)[0], np.array([start]), noise, spread=spread)[:, 0]
    tried = path[:-1] + spread * noise[:, 0]
    kept = tried == path[1:]
    axes.plot(start, f(start), "o", color=INK, markersize=7, label="start")
    axes.plot(tried[kept], f(tried[kept]), "o", color=COLOURS[0], markersize=7, label="kept")
    axes.plot(tried[~kept], f(tried[~kept]), "X", color=COLOURS[1], markersize=7, label="rejected")
    above: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "fontsize": 8}
    for number, (place, good) in enumerate(zip(tried, kept, strict=True), 1):
        colour = COLOURS[0] if good else COLOURS[1]
        axes.annotate(str(number), (place, f(place)), (0, 7), color=colour, **above)
    axes.legend(loc="upper center", frameon=False, fontsize=8.5, labelcolor=INK)
    return page


def _page(f: Curve, x: tuple[float, float], title: str) -> tuple[Figure, Axes]:
    page, axes = figure(5.4, 3.2)
    plain(axes, title, x="v", y="L(v)")
    places = np.linspace(*x, PLACES)
    axes.plot(places, f(places), color=INK, linewidth=2)
    axes.set(xlim=x)
    return page, axes


def _slope(f: Curve, v: Real) -> Real:
    here = Variable(v)
    return gradients(f(here), [here])[0]


def _tangent(axes: Axes, f: Curve, v: Real, reach: float) -> None:
    ends = np.array([-reach, reach])
    axes.plot(v + ends, f(v) + _slope(f, v) * ends, color=COLOURS[1], linewidth=1.8, zorder=3)
