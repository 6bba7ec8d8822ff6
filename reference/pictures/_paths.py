"""The paths of optimisers on a surface over the plane.

Any function of x and y that is written for arrays can be drawn. Each step is an arrow. A dot marks
the last point; later dots are smaller, so that dots in the same place can all be seen. A path that
diverges ends with a cross, at its last point in the window.

The default is the surface of lecture 001 in its window, with steep walls and a flat valley. Its
contours are at the lecture's levels.

Source: Vanschoren (001), "Optimizers".
"""

from collections.abc import Iterable, Mapping
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from reference.descent import toy_surface
from reference.models import With
from reference.pictures._descent import Point, Surface, descent
from reference.pictures._style import COLOURS, INK, SOFT, figure, plain
from reference.spec import Real

PLACES = 250
LEVELS = np.logspace(-0.5, 5, 25)
X, Y = (-2.0, 3.5), (-3.5, 2.0)
FAR = 100.0  # a path that leads this many windows away diverges, and is not drawn beyond
LARGEST, SMALLEST = 13.0, 4.0  # the dots, in points


class Scene(NamedTuple):
    """A surface with the window in which it is drawn, a start, and the minimum if it is known."""

    surface: Surface = toy_surface.forward
    start: Point = toy_surface.START
    minimum: Point | None = toy_surface.MINIMUM
    x: Point = X
    y: Point = Y
    steps: int = 100


class Drawn(NamedTuple):
    """A path with its colour, and what marks its end: a dot of a size, or a cross."""

    points: Real
    colour: str
    diverges: bool
    size: float


def optimiser_paths(
    optimisers: Mapping[str, With],
    *,
    surface: Surface = toy_surface.forward,
    start: Point = toy_surface.START,
    minimum: Point | None = toy_surface.MINIMUM,
    steps: int = 100,
    x: Point = X,
    y: Point = Y,
    closeup: tuple[Point, Point] | None = None,
) -> Figure:
    """One colour for each optimiser; a star marks the minimum, and dots mark the last points.

    `closeup` is the window, as a pair of x and y, of a second, small view in the lower part.
    """
    page, axes = figure(6.0, 4.1)
    scene = Scene(surface, start, minimum, x, y, steps)
    paths = _paths(optimisers, scene, _colours(optimisers))
    _panel(axes, paths, scene)
    if closeup is not None:
        _closeup(axes, paths, scene._replace(x=closeup[0], y=closeup[1]))
    page.legend(
        *axes.get_legend_handles_labels(),
        loc="outside right upper",
        frameon=False,
        fontsize=9,
        labelcolor=INK,
    )
    return page


def compared_paths(
    panels: Mapping[str, Mapping[str, With]], *, scene: Scene | None = None
) -> Figure:
    """One panel for each group of optimisers, with its title; a name keeps its colour."""
    scene = scene or Scene()
    colours = _colours(dict.fromkeys(name for group in panels.values() for name in group))
    page, axes = figure(4.0 * len(panels), 3.9, ncols=len(panels), squeeze=False, sharey=True)
    for panel, (title, group) in zip(axes.flat, panels.items(), strict=True):
        _panel(panel, _paths(group, scene, colours), scene)
        panel.set_title(title, loc="left", fontsize=10, color=INK, fontweight="bold")
        if [title] != list(group):
            panel.legend(loc="lower left", fontsize=8, labelcolor=INK, edgecolor="none")
    return page


def ground(axes: Axes, surface: Surface, x: Point, y: Point) -> None:
    """Draw the contours of a surface, darker where it is lower, evenly spaced in the logarithm."""
    across, up = np.meshgrid(np.linspace(*x, PLACES), np.linspace(*y, PLACES))
    height = surface(across, up)
    if surface is toy_surface.forward:
        levels = LEVELS
    else:
        height = height - height.min()
        levels = np.geomspace(height.max() / 1e3, height.max(), len(LEVELS))
    limits: dict[str, Any] = {
        "norm": LogNorm(levels[0], levels[-1]),
        "cmap": "Greys_r",
        "alpha": 0.55,
    }
    height = np.maximum(height, levels[0] / 10)  # 0 has no logarithm
    axes.contour(across, up, height, levels=levels, linewidths=0.6, zorder=-1, **limits)
    axes.set(xlim=x, ylim=y)


def arrows(axes: Axes, path: Real, colour: str, name: str = "") -> None:
    """An arrow for each step of a path, on a thin line."""
    exact: dict[str, Any] = {"angles": "xy", "scale_units": "xy", "scale": 1, "minlength": 0.01}
    head: dict[str, Any] = {"headwidth": 3.6, "headlength": 4, "headaxislength": 3.6}
    axes.plot(*path.T, color=colour, linewidth=1.2, label=name, solid_capstyle="round")
    axes.quiver(*path[:-1].T, *np.diff(path, axis=0).T, color=colour, width=0.005, **exact, **head)


def _colours(names: Iterable[str]) -> dict[str, str]:
    return dict(zip(names, cycle(COLOURS), strict=False))


def _paths(
    optimisers: Mapping[str, With], scene: Scene, colours: Mapping[str, str]
) -> dict[str, Drawn]:
    sizes = np.linspace(LARGEST, SMALLEST, max(4, len(optimisers)))
    drawn = {}
    for (name, optimiser), size in zip(optimisers.items(), sizes, strict=False):
        points = _near(descent(optimiser, scene.surface, scene.start, scene.steps), scene)
        drawn[name] = Drawn(points, colours[name], len(points) <= scene.steps, size)
    return drawn


def _panel(axes: Axes, paths: Mapping[str, Drawn], scene: Scene) -> None:
    plain(axes)
    ground(axes, scene.surface, scene.x, scene.y)
    for name, (points, colour, diverges, size) in paths.items():
        arrows(axes, points, colour, f"{name}: diverges" if diverges else name)
        if diverges:
            _mark(axes, "X", _last_inside(points, scene), colour, markersize=9)
        else:
            _mark(axes, "o", points[-1], colour, markersize=size)
    _mark(axes, "o", scene.start, "white", markersize=7, markeredgecolor=INK)
    if scene.minimum is not None:
        _mark(axes, "*", scene.minimum, INK, markersize=12, zorder=3)


def _closeup(axes: Axes, paths: Mapping[str, Drawn], scene: Scene) -> None:
    inset = axes.inset_axes((0.03, 0.02, 0.95, 0.25))
    ending = {
        name: path
        for name, path in paths.items()
        if not path.diverges and _inside(path.points[-1:], scene).all()
    }
    _panel(inset, ending, scene)
    inset.set(xticks=(), yticks=())
    inset.spines[:].set(visible=True, color=SOFT)
    (left, right), (bottom, top) = scene.x, scene.y
    axes.indicate_inset((left, bottom, right - left, top - bottom), edgecolor=SOFT, alpha=1)


def _mark(axes: Axes, shape: str, point: Point | Real, colour: str, **settings: Any) -> None:
    edge = {"markeredgecolor": "white", "markeredgewidth": 0.5, "zorder": 4}
    axes.plot(*point, shape, color=colour, **{**edge, **settings})


def _near(points: Real, scene: Scene) -> Real:
    """The points before the first that is far away."""
    width = np.array([scene.x[1] - scene.x[0], scene.y[1] - scene.y[0]])
    far = (np.abs(points - scene.start) > FAR * width).any(axis=1)
    return points[: far.argmax()] if far.any() else points


def _last_inside(points: Real, scene: Scene) -> Real:
    inside = np.flatnonzero(_inside(points, scene))
    return points[inside[-1]] if inside.size else points[0]


def _inside(points: Real, scene: Scene) -> Real:
    low, high = np.transpose([scene.x, scene.y])
    return ((low <= points) & (points <= high)).all(axis=1)
