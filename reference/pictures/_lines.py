"""Several curves in one plot: any named lines, and the trainings of several networks.

The name of a curve stands beside its last point, in its colour. A curve that becomes infinite ends
at its last finite point.

Source: Lamurias (000), "Minibatch size", "Convergence"; Vanschoren (001), "Model selection".
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import cycle
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reference.models import History
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, beside, figure, plain, spaced

FEW = 12  # points that are worth a dot each
LABEL_HEIGHT = 0.06  # of the height of the plot


class End(NamedTuple):
    """The last point of a curve."""

    x: float
    y: float
    colour: str


def line_chart(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    x: str = "",
    y: str = "",
    title: str = "",
    log: bool | Collection[str] = False,
) -> Figure:
    """One line for each name, given its x and its y. `log` is the y axis, or names the axes."""
    page, axes = figure(5.6, 3.2)
    plain(axes, title, x=x, y=y)
    _scale(axes, log)
    axes.grid(axis="y", color=FAINT)
    ends = {}
    for colour, (name, (across, up)) in zip(cycle(COLOURS), curves.items(), strict=False):
        dots = "o" if len(across) <= FEW else ""
        axes.plot(across, up, color=colour, linewidth=1.8, marker=dots, markersize=3.5)
        ends[name] = last_point(across, up, colour)
    name_ends(axes, ends)
    return page


def training_curves(
    runs: Mapping[str, History],
    *,
    of: str = "loss",
    log: bool = False,
    title: str = "",
    marks: Mapping[str, int] | None = None,
) -> Figure:
    """One colour for each training; dotted lines show the validation data.

    `marks` gives an epoch of a training by its name, for example the one at which it should stop.
    """
    page, axes = figure(5.6, 3.2)
    plain(axes, title or of.replace("_", " "))
    _scale(axes, log)
    axes.grid(axis="y", color=FAINT)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    ends, dotted = {}, False
    for colour, (name, run) in zip(cycle(COLOURS), runs.items(), strict=False):
        values, judged = _values(run, of), run.history.get(f"val_{of}", [])
        axes.plot(run.epoch, values, color=colour, linewidth=1.8)
        if judged:
            axes.plot(run.epoch, judged, color=colour, linewidth=1.8, linestyle=":")
        dotted = dotted or bool(judged)
        ends[name] = last_point(run.epoch, values, colour)
        if marks and name in marks:
            _mark(axes, run.epoch, judged or values, marks[name], colour)
    axes.set_xlabel("epoch (solid: training, dotted: validation)" if dotted else "epoch")
    name_ends(axes, ends)
    return page


def name_ends(axes: Axes, ends: Mapping[str, End]) -> None:
    """Write each name beside the last point of its curve, none over another."""
    axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())
    upright = axes.transData - axes.transAxes
    heights = np.array([upright.transform((end.x, end.y))[1] for end in ends.values()])
    placed = spaced(heights.clip(0, 1).tolist(), LABEL_HEIGHT)  # log 0 is below the plot
    for (name, end), height in zip(ends.items(), placed, strict=True):
        beside(axes, end.x, height, name, end.colour, xycoords=axes.get_xaxis_transform())


def last_point(x: Sequence[float], y: Sequence[float], colour: str) -> End:
    """The last finite point of a curve."""
    finite = np.flatnonzero(np.isfinite(y))
    if not finite.size:
        raise ValueError("a curve needs at least one finite value")
    return End(float(x[finite[-1]]), float(y[finite[-1]]), colour)


def _mark(
    axes: Axes, epochs: Sequence[int], values: Sequence[float], epoch: int, colour: str
) -> None:
    height = values[list(epochs).index(epoch)]
    axes.axvline(epoch, color=colour, linewidth=0.8, alpha=0.6, zorder=0)
    axes.plot(epoch, height, "o", color=colour, markersize=5, markeredgecolor="white")
    beside(axes, epoch, 0.97, f"epoch {epoch}", colour, xycoords=axes.get_xaxis_transform())


def _values(run: History, of: str) -> list[float]:
    if of not in run.history:
        raise ValueError(f"there is no {of!r} in the history, but {', '.join(run.history)}")
    return run.history[of]


def _scale(axes: Axes, log: bool | Collection[str]) -> None:
    named = ("y",) if log is True else log or ()
    if "x" in named:
        axes.set_xscale("log")
    if "y" in named:
        axes.set_yscale("log")
    axes.tick_params(which="minor", labelsize=8, colors=SOFT, labelcolor=INK)
