"""What all pictures have in common: few lines, few colours, and words beside what they name.

The colours differ in lightness as well as in hue, so that they survive a grey print and most
kinds of colour blindness.

Source: Okabe and Ito 2008; Tufte 1983.
"""

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

INK, SOFT, FAINT = "#22303c", "#8595a3", "#e3e9ee"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b5489a", "#e0a100", "#56b4e9", "#6b4c2a", "#5b5b8c")


def figure(width: float, height: float, **grid: Any) -> tuple[Figure, Any]:
    """A figure in inches and its axes, as `Figure.subplots` shapes them."""
    page = Figure(figsize=(width, height), dpi=150, layout="constrained", facecolor="white")
    return page, page.subplots(**grid)


def plain(axes: Axes, title: str = "", x: str = "", y: str = "") -> None:
    """Left and lower border only, pale; the title at the left, where reading starts."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(SOFT)
    axes.tick_params(colors=SOFT, labelcolor=INK, labelsize=8, length=3)
    axes.set_title(title, loc="left", fontsize=10, color=INK, fontweight="bold")
    axes.set_xlabel(x, fontsize=9, color=INK)
    axes.set_ylabel(y, fontsize=9, color=INK)


def bare(axes: Axes) -> None:
    """No axes at all."""
    axes.set_axis_off()


def beside(axes: Axes, x: float, y: float, text: str, colour: str, **settings: Any) -> None:
    """A word a little to the right of a point, in the colour of what it names."""
    settings = {"fontsize": 8.5, "va": "center", **settings}
    axes.annotate(text, (x, y), (5, 0), textcoords="offset points", color=colour, **settings)


def spaced(heights: list[float], least: float) -> list[float]:
    """The same heights, moved as little upwards as keeps any two of them apart."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = list(heights)
    for low, high in pairwise(order):
        placed[high] = max(placed[high], placed[low] + least)
    return placed
