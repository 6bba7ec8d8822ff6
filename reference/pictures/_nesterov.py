"""The vectors of one step of momentum and of Nesterov momentum on a surface.

Both are at the same point with the same velocity, the previous update. The momentum step is the
update for a gradient of zero. Momentum adds the gradient step at the point itself, and Nesterov
momentum adds the gradient step at the point to which the momentum step leads.

Source: Vanschoren (001), "Momentum"; Nesterov 1983.
"""

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.descent import toy_surface
from reference.optimisers import nesterov, sgd
from reference.pictures._descent import Point, Surface, slope
from reference.pictures._paths import ground
from reference.pictures._style import COLOURS, INK, SOFT, figure, plain
from reference.spec import Real

COLOUR = {
    "previous update": SOFT,
    "momentum step": COLOURS[2],
    "gradient step": COLOURS[1],
    "lookahead gradient step": COLOURS[1],
    "actual step": COLOURS[0],
}


class Arrow(NamedTuple):
    start: Real
    step: Real


class Ball(NamedTuple):
    """A point with a velocity, and the settings of the step."""

    point: Real
    velocity: Real
    learning_rate: float
    momentum: float


def nesterov_step(
    *,
    point: Point = (0.2, 0.2),
    velocity: Point = (1.0, 1.33),
    learning_rate: float = 0.015,
    momentum: float = 0.9,
    surface: Surface = toy_surface.forward,
    x: Point = (-1.2, 1.8),
    y: Point = (-1.5, 1.8),
) -> Figure:
    """Two panels, each with the previous update, the parts of a step, and the step itself."""
    ball = Ball(np.array(point), np.array(velocity), learning_rate, momentum)
    page, panels = figure(7.6, 3.9, ncols=2, sharey=True)
    for axes, (title, arrows) in zip(panels, _steps(ball, surface).items(), strict=True):
        plain(axes, title)
        ground(axes, surface, x, y)
        _draw(axes, arrows)
    return page


def _steps(ball: Ball, surface: Surface) -> dict[str, dict[str, Arrow]]:
    state = nesterov.State(ball.velocity)
    ahead = nesterov.ahead(state, ball.point, momentum=ball.momentum, form="lookahead")
    both = {
        "previous update": Arrow(ball.point - ball.velocity, ball.velocity),
        "momentum step": Arrow(ball.point, ahead - ball.point),
    }
    here = _parts(ball, ball.point, surface, "gradient step")
    there = _parts(ball, ahead, surface, "lookahead gradient step")
    return {"Momentum": {**both, **here}, "Nesterov momentum": {**both, **there}}


def _parts(ball: Ball, at: Real, surface: Surface, name: str) -> dict[str, Arrow]:
    """The step of the gradient alone, at the point where it is taken, and the whole step."""
    gradient = slope(surface, at)
    alone, _ = sgd.update(gradient, sgd.init(at), at, learning_rate=ball.learning_rate)
    # With a given gradient, the lookahead form is plain momentum as well.
    whole, _ = nesterov.update(
        gradient,
        nesterov.State(ball.velocity),
        ball.point,
        learning_rate=ball.learning_rate,
        momentum=ball.momentum,
        form="lookahead",
    )
    return {name: Arrow(at, alone - at), "actual step": Arrow(ball.point, whole - ball.point)}


def _draw(axes: Axes, arrows: dict[str, Arrow]) -> None:
    exact: dict[str, Any] = {"angles": "xy", "scale_units": "xy", "scale": 1}
    thick: dict[str, Any] = {"width": 0.011, "headwidth": 3.2, "headlength": 3.6, "zorder": 3}
    for name, arrow in arrows.items():
        axes.quiver(*arrow.start, *arrow.step, color=COLOUR[name], label=name, **exact, **thick)
    axes.plot(*arrows["actual step"].start, "o", color=INK, markersize=5, zorder=4)
    axes.legend(loc="lower right", fontsize=8, labelcolor=INK, edgecolor="none")
