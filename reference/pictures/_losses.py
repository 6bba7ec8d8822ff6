"""Training curves: loss and metrics on the training data and on the validation data.

A line marks the best epoch on the validation data, and the title gives its value; after that epoch
the network overfits. A loss is best where it is lowest, any other metric where it is highest.

Source: Vanschoren (001), "Model selection"; lecture 000.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reference import catalogue
from reference.models import History, With
from reference.pictures._lines import last_point, name_ends
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, figure, plain


def loss_curves(history: History, *, log: bool = False) -> Figure:
    """One panel for the loss and one for each metric."""
    names = [name for name in history.history if not name.startswith("val_")]
    page, panels = figure(3.7 * len(names) + 0.4, 2.8, ncols=len(names), squeeze=False)
    for axes, name in zip(panels.flat, names, strict=True):
        plain(axes, name.replace("_", " "), x="epoch")
        if log and name == "loss":
            axes.set_yscale("log")
        _panel(axes, history, name)
    return page


def _panel(axes: Axes, history: History, name: str) -> None:
    curves = {"training": (history.history[name], INK)}
    if f"val_{name}" in history.history:
        curves["validation"] = (history.history[f"val_{name}"], COLOURS[1])
    axes.margins(y=0.12)  # room for the number of the best epoch, above the curves
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for values, colour in curves.values():
        axes.plot(history.epoch, values, color=colour, linewidth=1.8)
    ends = {
        word: last_point(history.epoch, values, colour) for word, (values, colour) in curves.items()
    }
    name_ends(axes, ends)
    if "validation" in curves:
        _mark_best(axes, history, curves["validation"][0], name)


def _mark_best(axes: Axes, history: History, values: list[float], name: str) -> None:
    lowest = _best_where_lowest(name)
    best = int(np.nanargmin(values) if lowest else np.nanargmax(values))
    epoch, late = history.epoch[best], best > len(values) / 2
    word = "lowest" if lowest else "highest"
    title = f"{name.replace('_', ' ')}, {word} {values[best]:.4f}"
    axes.set_title(title, loc="left", fontsize=10, color=INK, fontweight="bold")
    axes.axvline(epoch, color=FAINT, linewidth=1.2, zorder=0)
    axes.plot(epoch, values[best], "o", color=COLOURS[1], markersize=5, markeredgecolor="white")
    axes.annotate(
        f"best: epoch {epoch}",
        (epoch, 0.99),
        (-4 if late else 4, 0),
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        ha="right" if late else "left",
        va="top",
        fontsize=7.5,
        color=SOFT,
    )


def _best_where_lowest(name: str) -> bool:
    try:
        operation = With(name).operation.name
    except LookupError:  # "loss", "accuracy", or a function of the user
        return name == "loss"
    return catalogue.names()[operation].startswith("reference.losses.")
