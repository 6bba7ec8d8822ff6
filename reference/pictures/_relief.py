"""A surface over the plane in three dimensions, with the path of a descent.

Source: Brajard (003), "Gradient descent"; Sennblad (004), "Gradient Descent in higher dimensions".
"""

import numpy as np
from matplotlib.figure import Figure

from reference.pictures._descent import Point, Surface
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, figure
from reference.spec import Real

PLACES = 60


def relief(
    f: Surface,
    x: Point,
    y: Point,
    path: Real | None = None,
    *,
    names: tuple[str, str, str] = ("x", "y", ""),
    title: str = "",
    view: tuple[float, float] = (35, -60),
) -> Figure:
    """The surface over a window; dots on it mark the points of a path, one (x, y) in each row.

    `names` are those of the three axes, and `view` is elevation and azimuth in degrees.
    """
    page, axes = figure(5.4, 4.2, subplot_kw={"projection": "3d", "computed_zorder": False})
    across, up = np.meshgrid(np.linspace(*x, PLACES), np.linspace(*y, PLACES))
    axes.plot_surface(across, up, f(across, up), cmap="Blues_r", alpha=0.85, linewidth=0)
    if path is not None:
        heights = f(*path.T)
        axes.plot(*path.T, heights, "o-", color=COLOURS[1], markersize=3.5, linewidth=1.6)
        axes.plot(*path[:1].T, heights[:1], "o", color="white", markeredgecolor=INK, markersize=7)
        axes.plot(*path[-1:].T, heights[-1:], "o", color=COLOURS[1], markersize=7)
    axes.set_title(title, loc="left", fontsize=10, color=INK, fontweight="bold")
    axes.set_xlabel(names[0], fontsize=9, color=INK)
    axes.set_ylabel(names[1], fontsize=9, color=INK)
    axes.set_zlabel(names[2], fontsize=9, color=INK)
    axes.tick_params(colors=SOFT, labelcolor=INK, labelsize=7)
    axes.grid(False)
    for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
        axis.pane.set(facecolor="white", edgecolor=FAINT)
        axis.line.set_color(SOFT)
    axes.view_init(*view)
    return page
