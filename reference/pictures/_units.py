"""Units drawn as circles in columns, and the weights between them as lines.

Without weights, all lines look the same. With weights, a thicker line is a larger weight, and its
colour shows the sign. A dropped unit is crossed out and has no weights.

Source: Vanschoren (001), `draw_neural_net`; lecture 000; Brajard (003).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle

from reference.pictures._drawing import BIAS, MOST, Column, Drawing, Room, columns, extent, room
from reference.pictures._style import COLOURS, FAINT, INK, SOFT, bare

BLUE, RED = COLOURS[0], COLOURS[1]

Place = tuple[float, float]


def draw(axes: Axes, drawing: Drawing, strongest: float = 0.0) -> None:
    """Draw into axes; the thickest line is the `strongest` weight, if that is not 0."""
    bare(axes)
    places, space = columns(drawing), room(drawing)
    _words(axes, drawing, space)
    for i, (left, right) in enumerate(pairwise(places)):
        right = {unit: height for unit, height in right.items() if unit != BIAS}
        ends = _Ends(i, left, right, space.across)
        if drawing.weights:
            _weights(axes, drawing, ends, strongest)
        else:
            _plain_lines(axes, drawing, ends)
    for i, column in enumerate(places):
        _column(axes, drawing, i, column)
    left_end, right_end, low, high = extent(drawing)
    axes.set(xlim=(left_end, right_end), ylim=(low, high), aspect="equal")


class _Ends(NamedTuple):
    """The units of two neighbouring columns, of which `number` is the left one."""

    number: int
    left: Column
    right: Column
    across: float

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return [(a, b) for a in self.left for b in self.right]

    def line(self, a: int, b: int) -> list[Place]:
        x = self.number * self.across
        return [(x, self.left[a]), (x + self.across, self.right[b])]


def _weights(axes: Axes, drawing: Drawing, ends: _Ends, strongest: float) -> None:
    weight = drawing.weights[ends.number]
    gone = {ends.number + side: drawing.dropped.get(ends.number + side, ()) for side in (0, 1)}
    faint = LineCollection([ends.line(*pair) for pair in ends.pairs], colors=FAINT, linewidths=0.5)
    kept = [
        (a, b)
        for a, b in ends.pairs
        if a not in gone[ends.number] and b not in gone[ends.number + 1]
    ]
    strength = [abs(weight[pair]) / (strongest or np.abs(weight).max() or 1.0) for pair in kept]
    strong = LineCollection(
        [ends.line(*pair) for pair in kept],
        colors=[BLUE if weight[pair] > 0 else RED for pair in kept],
        linewidths=[0.1 + 2.2 * s for s in strength],
        alpha=[0.15 + 0.6 * s for s in strength] or None,
    )
    axes.add_collection(faint).set_zorder(0)
    axes.add_collection(strong).set_zorder(1)


def _plain_lines(axes: Axes, drawing: Drawing, ends: _Ends) -> None:
    colour = drawing.lines[ends.number] if drawing.lines else SOFT
    lines = [ends.line(*pair) for pair in ends.pairs]
    width = 0.9 if colour == SOFT else 1.8
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=width)).set_zorder(0)
    if not drawing.marks.labels:
        return
    # At this share of the way, all labels between two columns have the same vertical distance.
    share = 1 / (len(ends.right) + 1)
    for (a, b), ((x, y), (_, end)) in zip(ends.pairs, lines, strict=True):
        number = f"{a + 1}" if drawing.sizes[ends.number + 1] == 1 else f"{a + 1},{b + 1}"
        place = (x + share * ends.across, y + share * (end - y))
        _say(axes, place, f"$w_{{{number}}}$", colour if drawing.lines else INK, clear=True)


def _column(axes: Axes, drawing: Drawing, number: int, column: Column) -> None:
    space, size = room(drawing), drawing.sizes[number]
    usual = BLUE if number else SOFT
    colour = drawing.circles[number] if drawing.circles else usual
    gone = drawing.dropped.get(number, ())
    x = number * space.across
    for unit, height in column.items():
        edge = SOFT if unit == BIAS or unit in gone else colour
        circle = Circle((x, height), space.radius, fc="white", ec=edge, lw=1.8, zorder=2)
        axes.add_patch(circle)
        if unit == BIAS:
            _say(axes, (x, height), "1", INK)
        elif unit in gone:
            _cross(axes, (x, height), space.radius)
        elif drawing.marks.labels:
            _label(axes, drawing, number, unit, (x, height))
    heights = list(column.values())
    if size > MOST:
        dots = np.linspace(heights[-2], heights[-1], 7)[2:5]
        axes.scatter([x] * 3, dots, s=5, color=colour, zorder=2)


def _label(axes: Axes, drawing: Drawing, number: int, unit: int, place: Place) -> None:
    """The name of a unit; a single output has no number."""
    marks, (x, y) = drawing.marks, place
    last = number == len(drawing.sizes) - 1
    index = "" if last and drawing.sizes[-1] == 1 else f"_{{{unit + 1}}}"
    radius = room(drawing).radius
    if marks.activation and number:
        axes.plot([x, x], [y - radius, y + radius], color=INK, linewidth=1, zorder=3)
        function = ("\\sigma" if marks.sigmoid else "g") if last else "f"
        _say(axes, (x - radius / 2, y), f"$z{index}$", INK)
        _say(axes, (x + radius / 2, y), f"${function}$", INK)
    else:
        letter = drawing.letters[0 if not number else 2 if last else 1]
        _say(axes, place, f"${letter}{index}$", INK)
    if marks.outputs and number:
        name, colour = (f"$\\hat{{y}}{index}$", RED) if last else (f"$a{index}$", BLUE)
        _say(axes, (x + radius + 0.17, y + 0.16 * (not last)), name, colour, clear=not last)


def _cross(axes: Axes, place: Place, radius: float) -> None:
    (x, y), arm = place, radius / np.sqrt(2)
    for sign in (-1, 1):
        axes.plot(
            [x - arm, x + arm], [y - sign * arm, y + sign * arm], color=RED, linewidth=1.2, zorder=3
        )


def _words(axes: Axes, drawing: Drawing, space: Room) -> None:
    """The texts above and below each column, the names of these texts, and the count."""
    top = max(max(column.values()) for column in columns(drawing)) + space.radius
    heights = (top + 0.22, *(-top - 0.22 - 0.27 * i for i in range(len(drawing.below))))
    for i, words in enumerate(zip(drawing.above, *drawing.below, strict=True)):
        for height, word in zip(heights, words, strict=True):
            _say(axes, (i * space.across, height), word, INK)
    for height, word in zip(heights[1:], ("units", "parameters"), strict=False):
        _say(axes, (-0.6, height), word, SOFT)
    if drawing.total:
        middle = (len(drawing.sizes) - 1) * space.across / 2
        _say(axes, (middle, -top - 0.3 * len(drawing.below) - 0.2), drawing.total, SOFT)


def _say(axes: Axes, place: Place, text: str, colour: str, clear: bool = False) -> None:
    """Write a text; a clear one has a white ground, so that lines do not cross it."""
    ground = {"boxstyle": "square,pad=0.08", "fc": "white", "ec": "none"} if clear else None
    axes.text(
        *place, text, ha="center", va="center", fontsize=8.5, color=colour, bbox=ground, zorder=4
    )
