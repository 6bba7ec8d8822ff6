"""Tensors drawn as boxes, whose edges are named after the axes.

The last three axes go down, to the right and to the back. A tensor with more axes is a column of
boxes, or a table of them.

Source: Vanschoren (001), "Forward pass".
"""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from reference.pictures._style import COLOURS, INK, SOFT, bare, figure

DOWN, ACROSS, BACK = 4, 3, 3  # cells along the edges of a box
SLANT = 0.45  # a cell to the back is this much to the right and upwards
COPIES = 3  # boxes along an axis of boxes
SHARE = 0.4  # size of a cell of a box among others
APART = 2.5  # from one of them to the next
SHADES = ("#cfe3f2", "#e7f1f8", "#b3d3e8")  # of the front, the top and the side
EXAMPLES = {
    "2-D: a matrix": ("samples", "features"),
    "3-D: time series": ("samples", "timesteps", "features"),
    "4-D: colour images": ("samples", "height", "width", "channels"),
    "5-D: video": ("samples", "frames", "height", "width", "channels"),
}
Point = tuple[float, float]


def tensor_boxes(tensors: Mapping[str, Sequence[str]] = EXAMPLES) -> Figure:
    """One panel for each tensor, given by the names of its two to five axes."""
    page, panels = figure(3.0 * len(tensors), 3.5, ncols=len(tensors), squeeze=False)
    for panel, (title, names) in zip(panels.flat, tensors.items(), strict=True):
        if not 2 <= len(names) <= 5:
            raise ValueError(f"{title} has {len(names)} axes; two to five can be drawn")
        _panel(panel, names)
        panel.set_title(f"{title}\n({', '.join(names)})", fontsize=9, color=INK, y=0.9)
        panel.set(xlim=(-1.2, 8.2), ylim=(-0.9, 9.6), aspect="equal")
    return page


def _panel(axes: Axes, names: Sequence[str]) -> None:
    bare(axes)
    outer, inner = names[:-3], names[-3:]
    if not outer:
        _box(axes, (1.2, 0.4), 1.15, len(inner))
        _edges(axes, (1.2, 0.4), 1.15, inner)
        return
    wide = COPIES if len(outer) == 2 else 1
    left = 0.6 if wide > 1 else 2.6
    for i in range(COPIES):
        for j in range(wide):
            _box(axes, (left + APART * j, APART * i), SHARE, 3)
    _edges(axes, (left + APART * (wide - 1), 0), SHARE, inner)
    top = APART * (COPIES - 1) + 2.3
    _axis(axes, (left - 0.9, top), (left - 0.9, 0), outer[0])
    if len(outer) == 2:
        _axis(axes, (left, top + 0.3), (left + APART * wide - 0.3, top + 0.3), outer[1])


def _box(axes: Axes, place: Point, cell: float, dimensions: int) -> None:
    """A grid of cells; with three dimensions, also its top and its side."""
    x, y = place

    def at(i: float, j: float, k: float) -> Point:
        return x + cell * (i + SLANT * k), y + cell * (j + SLANT * k)

    for i in range(ACROSS):
        for j in range(DOWN):
            _cell(axes, [at(i, j, 0), at(i + 1, j, 0), at(i + 1, j + 1, 0), at(i, j + 1, 0)], 0)
    if dimensions < 3:
        return
    for k in range(BACK):
        for i in range(ACROSS):
            ends = [(i, k), (i + 1, k), (i + 1, k + 1), (i, k + 1)]
            _cell(axes, [at(a, DOWN, c) for a, c in ends], 1)
        for j in range(DOWN):
            ends = [(j, k), (j + 1, k), (j + 1, k + 1), (j, k + 1)]
            _cell(axes, [at(ACROSS, b, c) for b, c in ends], 2)


def _cell(axes: Axes, corners: list[Point], side: int) -> None:
    axes.add_patch(Polygon(corners, fc=SHADES[side], ec=SOFT, lw=0.6))


def _edges(axes: Axes, place: Point, cell: float, names: Sequence[str]) -> None:
    """The names of the axes of a box: down, to the right and to the back."""
    x, y = place
    _say(axes, (x - 0.35, y + cell * DOWN / 2), names[0], INK, 90)
    _say(axes, (x + cell * ACROSS / 2, y - 0.4), names[1], INK)
    if len(names) == 3:
        depth = cell * SLANT * BACK / 2
        corner = (x + cell * ACROSS + depth + 0.45, y + depth - 0.1)
        _say(axes, corner, names[2], INK, 45)


def _axis(axes: Axes, start: Point, end: Point, name: str) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": COLOURS[1], "lw": 1.2})
    upright = start[0] == end[0]
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    middle = (x - 0.35, y) if upright else (x, y + 0.35)
    _say(axes, middle, name, COLOURS[1], 90 if upright else 0)


def _say(axes: Axes, place: Point, text: str, colour: str, turned: float = 0) -> None:
    axes.text(*place, text, ha="center", va="center", rotation=turned, fontsize=8.5, color=colour)
