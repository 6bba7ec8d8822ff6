"""The style of all pictures: few lines, few colours, and labels next to what they name.

The colours differ in lightness as well as in hue, so that they can be told apart in a grey print
and with most kinds of colour blindness.

Source: Okabe and Ito 2008; Tufte 1983.
"""

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, SOFT, FAINT = "#22303c", "#8595a3", "#e3e9ee"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b5489a", "#e0a100", "#56b4e9", "#6b4c2a", "#5b5b8c")


def figure(width: float, height: float, **grid: Any) -> tuple[Figure, Any]:
    """A figure, whose size is in inches, and its axes, as returned by `Figure.subplots`."""
    page = Figure(figsize=(width, height), dpi=150, layout="constrained", facecolor="white")
    return page, page.subplots(**grid)


def plain(axes: Axes, title: str = "", x: str = "", y: str = "") -> None:
    """Show only the left and lower borders, in pale colour, and put the title at the left."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(SOFT)
    axes.tick_params(colors=SOFT, labelcolor=INK, labelsize=8, length=3)
    axes.set_title(title, loc="left", fontsize=10, color=INK, fontweight="bold")
    axes.set_xlabel(x, fontsize=9, color=INK)
    axes.set_ylabel(y, fontsize=9, color=INK)


def bare(axes: Axes) -> None:
    """Hide the axes."""
    axes.set_axis_off()


def beside(axes: Axes, x: float, y: float, text: str, colour: str, **settings: Any) -> None:
    """Write a label a little to the right of a point, in the colour of what it names."""
    settings = {"fontsize": 8.5, "va": "center", **settings}
    axes.annotate(text, (x, y), (5, 0), textcoords="offset points", color=colour, **settings)


def spaced(heights: list[float], least: float) -> list[float]:
    """The same heights, moved upwards as little as needed to keep them at least `least` apart."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = list(heights)
    for low, high in pairwise(order):
        placed[high] = max(placed[high], placed[low] + least)
    return placed
