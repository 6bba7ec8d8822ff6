"""A network drawn as circles and lines: units in columns, and the weights between them.

A thicker line is a larger weight, and its colour shows the sign. The activation is written above
each column. The number of units and of parameters, (inputs + 1) units, is written below it.

Source: lecture 000; Brajard (003).
"""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from reference.models import Dense, Network
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, bare, figure
from reference.spec import Real

MOST = 9  # places in a column; if it has more units, the first ones and the last are drawn
GAP = 1.0


def network_drawing(model: Network) -> Figure:
    """Draw the dense layers of a built network.

    Raises ValueError if there is no dense layer, or if one has no weights yet.
    """
    layers = [layer for layer in model.layers if isinstance(layer, Dense)]
    if not layers or any(not layer.weights for layer in layers):
        raise ValueError("there is nothing to draw before the layers have weights")
    sizes = [layers[0].weights["weight"].shape[0], *(layer.units for layer in layers)]
    columns = [_places(size) for size in sizes]
    page, axes = figure(1.7 * len(sizes) + 0.6, 0.36 * max(map(len, columns)) + 1.7)
    bare(axes)
    for i, (layer, pair) in enumerate(zip(layers, pairwise(columns), strict=True)):
        _lines(axes, layer.weights["weight"], i, *pair)
    for i, (size, column) in enumerate(zip(sizes, columns, strict=True)):
        _column(axes, i, size, column, COLOURS[0] if i else SOFT)
    top = max(max(column.values()) for column in columns)
    for i, words in enumerate(zip(*_rows(layers, sizes), strict=True)):
        for height, word in zip((top + 0.9, -top - 0.9, -top - 1.6), words, strict=True):
            _say(axes, i, height, word, INK)
    for height, word in ((-top - 0.9, "units"), (-top - 1.6, "parameters")):
        _say(axes, -0.75, height, word, SOFT)
    axes.set(xlim=(-1.1, len(sizes) - 0.6), ylim=(-top - 2.0, top + 1.4))
    return page


def _rows(layers: list[Dense], sizes: list[int]) -> tuple[list[str], list[str], list[str]]:
    """The texts above and below each column."""
    functions = [layer.activation.operation.name.replace("_", " ") for layer in layers]
    parameters = [str(layer.count(learned=True) + layer.count(learned=False)) for layer in layers]
    return ["inputs", *functions], [str(size) for size in sizes], ["", *parameters]


def _places(size: int) -> dict[int, float]:
    """The height of each unit that is drawn, from the top; a gap replaces omitted units."""
    shown = list(range(size)) if size <= MOST else [*range(MOST - 2), size - 1]
    slots = list(range(size)) if size <= MOST else [*range(MOST - 2), MOST - 1]
    return {unit: GAP * (slots[-1] / 2 - slot) for unit, slot in zip(shown, slots, strict=True)}


def _column(axes: Axes, x: int, size: int, column: dict[int, float], colour: str) -> None:
    heights = list(column.values())
    circles = axes.scatter([x] * len(heights), heights, s=170, color="white", zorder=2)
    circles.set(edgecolors=colour, linewidths=1.8)
    if size > MOST:
        dots = np.linspace(heights[-2], heights[-1], 7)[2:5]
        axes.scatter([x] * 3, dots, s=5, color=colour, zorder=2)


def _lines(
    axes: Axes, weight: Real, x: int, left: dict[int, float], right: dict[int, float]
) -> None:
    pairs = [(a, b) for a in left for b in right]
    strength = [abs(weight[pair]) / np.abs(weight).max() for pair in pairs]
    colours = [COLOURS[0] if weight[pair] > 0 else COLOURS[1] for pair in pairs]
    ends = [[(x, left[a]), (x + 1, right[b])] for a, b in pairs]
    axes.add_collection(LineCollection(ends, colors=FAINT, linewidths=0.5, zorder=0))
    axes.add_collection(
        LineCollection(
            ends,
            colors=colours,
            linewidths=[0.1 + 2.2 * s for s in strength],
            alpha=[0.15 + 0.6 * s for s in strength],
            zorder=1,
        )
    )


def _say(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    axes.text(x, y, text, ha="center", va="center", fontsize=8.5, color=colour)
