"""The paths of optimisers on a surface over the plane.

The gradient is computed by automatic differentiation, so any function of x and y that is written
for arrays can be drawn. The toy surface of lecture 001 has steep walls and a flat valley.

Source: Vanschoren (001).
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.autodiff import Variable, gradients
from reference.descent import toy_surface
from reference.models import With
from reference.pictures._style import COLOURS, INK, figure, plain
from reference.spec import Real

Surface = Callable[[Any, Any], Any]
PLACES = 250


def optimiser_paths(
    optimisers: Mapping[str, With],
    *,
    surface: Surface = toy_surface.forward,
    start: tuple[float, float] = toy_surface.START,
    minimum: tuple[float, float] | None = toy_surface.MINIMUM,
    steps: int = 200,
    x: tuple[float, float] = (-0.5, 4.2),
    y: tuple[float, float] = (-1.0, 2.0),
) -> Figure:
    """One line for each optimiser; a star marks the minimum, and dots mark the last points."""
    page, axes = figure(6.2, 4.2)
    plain(axes)
    ground(axes, surface, x, y)
    for colour, (name, optimiser) in zip(COLOURS, optimisers.items(), strict=False):
        path = descent(optimiser, surface, start, steps)
        axes.plot(*path.T, color=colour, linewidth=1.8, label=name, solid_capstyle="round")
        axes.plot(*path[-1], "o", color=colour, markersize=6, markeredgecolor="white")
    axes.plot(*start, "o", color="white", markersize=7, markeredgecolor=INK)
    if minimum is not None:
        axes.plot(*minimum, "*", color=INK, markersize=13, markeredgecolor="white")
    page.legend(loc="outside right upper", frameon=False, fontsize=9, labelcolor=INK)
    return page


def ground(axes: Axes, surface: Surface, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Draw the surface in shades of grey, darker where it is lower."""
    across, up = np.meshgrid(np.linspace(*x, PLACES), np.linspace(*y, PLACES))
    height = np.log1p(surface(across, up) - surface(across, up).min())
    axes.contourf(across, up, height, levels=24, cmap="Greys_r", alpha=0.35)
    axes.contour(across, up, height, levels=24, colors="white", linewidths=0.5)
    axes.set(xlim=x, ylim=y)


def descent(optimiser: With, surface: Surface, start: tuple[float, float], steps: int) -> Real:
    """The point before the first step and the points after each step."""
    point = np.array(start, dtype=float)
    state, path = optimiser.operation.init(point), [point]
    for step in range(steps):
        here = Variable(point)
        (slope,) = gradients(surface(here[0], here[1]), [here])
        point, state = optimiser.operation.update(slope, state, point, **optimiser.at(step))
        path.append(point)
    return np.array(path)
