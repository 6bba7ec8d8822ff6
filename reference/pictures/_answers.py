"""Answers plotted over the right results, which are broad and pale; answers are thin and dark.

Values of an answer that are not finite are not drawn.
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.descent import toy_surface
from reference.pictures._paths import ground
from reference.pictures._style import COLOURS, FAINT, INK, figure, plain
from reference.spec import Real

RIGHT = {"color": COLOURS[5], "linewidth": 6, "alpha": 0.55, "solid_capstyle": "round"}
ANSWER = {"color": COLOURS[1], "linewidth": 1.6}
MOST_COLUMNS = 3
FAR = 4.0  # a panel shows answers up to this many times the size of the right values away


def answered_curves(
    x: Real, curves: Mapping[str, tuple[Real, Real]], along: str, title: str = ""
) -> Figure:
    """One panel for each curve, with its right values and the answers at each x."""
    columns = min(MOST_COLUMNS, len(curves))
    rows = -(-len(curves) // columns)
    page, panels = figure(
        2.9 * columns + 1.4, 2.5 * rows + 0.6, nrows=rows, ncols=columns, squeeze=False, sharex=True
    )
    for axes in panels.flat[len(curves) :]:
        axes.set_axis_off()
    for axes, (name, (right, answer)) in zip(panels.flat, curves.items(), strict=False):
        plain(axes, name, x=along)
        axes.axhline(0, color=FAINT, zorder=0)
        axes.plot(x, right, label="right", **RIGHT)
        axes.plot(x, answer, label="yours", **ANSWER)
        _window(axes, right)
    return _named(page, title)


def answered_paths(right: Real, answer: Real, title: str = "") -> Figure:
    """Two paths on the toy surface of lecture 001, the right one and the answer."""
    page, axes = figure(5.4, 4.4)
    plain(axes)
    ground(axes, toy_surface.forward, (-0.5, 4.2), (-1.0, 2.0))
    axes.plot(*right.T, label="right", **RIGHT)
    axes.plot(*answer.T, label="yours", **ANSWER)
    axes.plot(*right[0], "o", color="white", markersize=7, markeredgecolor=INK)
    axes.plot(*toy_surface.MINIMUM, "*", color=INK, markersize=13, markeredgecolor="white")
    return _named(page, title)


def answered_borders(
    across: Real, up: Real, right: Real, answer: Real, level: float, title: str = ""
) -> Figure:
    """Where two functions on a grid cross a level; shades show the sides of the right one."""
    page, axes = figure(4.8, 4.6)
    plain(axes)
    sides = [COLOURS[0], COLOURS[4]]
    axes.contourf(across, up, right > level, levels=[-0.5, 0.5, 1.5], colors=sides, alpha=0.15)
    for values, style, name in ((right, RIGHT, "right"), (answer, ANSWER, "yours")):
        lines = {"colors": style["color"], "linewidths": style["linewidth"]}
        if np.nanmin(values, initial=np.inf) < level < np.nanmax(values, initial=-np.inf):
            axes.contour(across, up, values, levels=[level], alpha=style.get("alpha"), **lines)
        axes.plot([], [], label=name, **style)
    return _named(page, title)


def _window(axes: Axes, right: Real) -> None:
    """Fit the panel to the right values; an answer far away may leave it."""
    known = right[np.isfinite(right)]
    if not known.size:
        return
    low, high = float(known.min()), float(known.max())
    room = max(high - low, abs(low), abs(high), 1e-3)
    bottom, top = axes.get_ylim()
    axes.set_ylim(max(bottom, low - FAR * room), min(top, high + FAR * room))


def _named(page: Figure, title: str) -> Figure:
    page.suptitle(title, fontsize=11, color=INK, fontweight="bold", x=0.02, ha="left")
    names = page.axes[0].get_legend_handles_labels()
    page.legend(*names, loc="outside right upper", frameon=False, fontsize=9, labelcolor=INK)
    return page
