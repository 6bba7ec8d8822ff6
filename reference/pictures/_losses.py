"""Training curves: loss and metrics on the training data and on the validation data.

A line marks the best epoch on the validation data; after that epoch the network overfits.

Source: Vanschoren (001), "Model selection"; lecture 000.
"""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.models import History
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, beside, figure, plain, spaced


def loss_curves(history: History, *, log: bool = False) -> Figure:
    """One panel for the loss and one for each metric."""
    names = [name for name in history.history if not name.startswith("val_")]
    page, panels = figure(3.7 * len(names) + 0.4, 2.8, ncols=len(names), squeeze=False)
    for axes, name in zip(panels.flat, names, strict=True):
        plain(axes, name.replace("_", " "), x="epoch")
        _panel(axes, history, name)
        if log and name == "loss":
            axes.set_yscale("log")
    return page


def _panel(axes: Axes, history: History, name: str) -> None:
    curves = {"training": (history.history[name], INK)}
    if f"val_{name}" in history.history:
        curves["validation"] = (history.history[f"val_{name}"], COLOURS[1])
    for values, colour in curves.values():
        axes.plot(history.epoch, values, color=colour, linewidth=1.8)
    low, high = axes.get_ylim()
    heights = spaced([values[-1] for values, _ in curves.values()], (high - low) / 12)
    for (word, (_, colour)), height in zip(curves.items(), heights, strict=True):
        beside(axes, history.epoch[-1], height, word, colour)
    if "validation" in curves:
        _mark_best(axes, history, curves["validation"][0], name == "loss")


def _mark_best(axes: Axes, history: History, values: list[float], lowest: bool) -> None:
    best = values.index(min(values) if lowest else max(values))
    epoch = history.epoch[best]
    axes.axvline(epoch, color=FAINT, linewidth=1.2, zorder=0)
    axes.plot(epoch, values[best], "o", color=COLOURS[1], markersize=5, markeredgecolor="white")
    axes.annotate(
        f"best: epoch {epoch}",
        (epoch, 1.0),
        (0, 2),
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        ha="center",
        fontsize=7.5,
        color=SOFT,
    )
