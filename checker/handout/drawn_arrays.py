"""Pictures of arrays in the texts of the course: boxes in rows and columns, with their numbers."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reference.pictures._style import COLOURS, INK, SOFT, bare, figure
from reference.regularisation import dropout_inverted

BLUE, ORANGE, GREEN = "#cfe3f2", "#f8d9c4", "#c9ead9"  # grounds on which ink can be read
Point = tuple[float, float]


def tensors_product() -> Figure:
    """Row i of the first factor meets column j of the second."""
    a, b = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [2, 1], [0, 3]])
    page, axes = _page(6.2, 2.4, (-0.3, 12.6), (-1.3, 3.9))
    one, other, both = (np.full(x.shape, "white", dtype=object) for x in (a, b, a @ b))
    one[1], other[:, 1], both[1, 1] = BLUE, ORANGE, GREEN
    grounds = one, other, both
    names = ("a: (2, 3)", "b: (3, 2)", "a b: (2, 2)")
    for x, at, ground, name in zip((a, b, a @ b), (0.0, 5.0, 9.5), grounds, names, strict=True):
        _array(axes, (at, 1.5 - len(x) / 2), x, ground, name)
    for at, sign in ((4.0, "@"), (8.25, "=")):
        axes.text(at, 1.5, sign, ha="center", va="center", color=INK, fontsize=14)
    axes.text(6.2, -1.1, "4 * 0 + 5 * 1 + 6 * 3 = 23", ha="center", color=COLOURS[2], fontsize=10)
    return page


def backprop_paths() -> Figure:
    """Which entries of Y = X W + b one weight touches, and with which entries of X."""
    page, axes = _page(6.4, 2.3, (-0.3, 13.3), (-1.0, 3.4))
    shapes = ((3, 2), (2, 3), (3, 3))
    one, other, both = (np.full(shape, "white", dtype=object) for shape in shapes)
    one[:, 0], other[0, 1], both[:, 1] = BLUE, ORANGE, GREEN
    names = ("X: (n, d)", "W: (d, k)", "Y: (n, k)")
    grounds = one, other, both
    for at, shape, ground, name in zip((0.0, 4.2, 10.0), shapes, grounds, names, strict=True):
        _array(axes, (at, 1.5 - shape[0] / 2), np.full(shape, ""), ground, name)
    for at, sign in ((3.1, "@"), (8.6, "+ b =")):
        axes.text(at, 1.5, sign, ha="center", va="center", color=INK, fontsize=12)
    return page


def descent_batches() -> Figure:
    """Two epochs of eight examples, each in an order of its own, in batches of three."""
    page, axes = _page(6.4, 1.9, (-2.4, 9.4), (-1.1, 2.8))
    orders = ((3, 0, 4, 7, 1, 6, 2, 5), (6, 2, 1, 5, 0, 3, 7, 4))
    for row, order in enumerate(orders):
        low = 1.5 - 1.4 * row
        axes.text(-0.3, low + 0.5, f"epoch {row + 1}", ha="right", va="center", color=INK)
        for place, example in enumerate(order):
            batch = place // 3
            at = place + 0.4 * batch
            ground = (BLUE, ORANGE, GREEN)[batch]
            axes.add_patch(Rectangle((at, low), 0.95, 1, fc=ground, ec="white"))
            axes.text(at + 0.48, low + 0.5, f"{example}", ha="center", va="center", color=INK)
    for batch, words in enumerate(("one update", "one update", "a short one")):
        middle = 3.4 * batch + (1.5 if batch < 2 else 1.0)
        axes.text(middle, -0.75, words, ha="center", color=SOFT, fontsize=9)
    return page


def regularisation_dropout() -> Figure:
    """Inverted dropout: some entries become 0, and the others grow so that the sum stays."""
    x = np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]])
    mask = np.array([[1, 0, 1, 1], [0, 1, 1, 0]])
    y = dropout_inverted.forward(x, mask, rate=0.5)
    page, axes = _page(7.0, 1.9, (-0.3, 15.8), (-1.0, 2.8))
    parts = ((x, "x", "*"), (mask, "mask", "/ (1 - 1/2) ="), (y, "the next layer sees", ""))
    at = 0.0
    for values, name, sign in parts:
        ground = np.where(mask == 1, BLUE, "white") if name != "x" else np.full(x.shape, BLUE)
        _array(axes, (at, 0.4), values, ground, name)
        gap = 0.7 if sign == "*" else 2.9
        axes.text(at + 4 + gap / 2, 1.4, sign, ha="center", va="center", color=INK, fontsize=10)
        at += 4 + gap
    return page


def _page(width: float, height: float, across: Point, up: Point) -> tuple[Figure, Axes]:
    page, axes = figure(width, height)
    bare(axes)
    axes.set(xlim=across, ylim=up)
    return page, axes


def _array(axes: Axes, corner: Point, values: Any, grounds: Any, name: str) -> None:
    """An array with its first row on top, and a name below it."""
    rows, columns = values.shape
    for i, j in np.ndindex(rows, columns):
        place = corner[0] + j, corner[1] + rows - 1 - i
        axes.add_patch(Rectangle(place, 1, 1, fc=grounds[i, j], ec=SOFT, lw=0.8))
        middle = place[0] + 0.5, place[1] + 0.5
        axes.text(
            *middle, f"{values[i, j]}".removesuffix(".0"), ha="center", va="center", color=INK
        )
    below = corner[0] + columns / 2, corner[1] - 0.55
    axes.text(*below, name, ha="center", va="center", color=INK, fontsize=9)


DRAWN = (tensors_product, backprop_paths, descent_batches, regularisation_dropout)
