"""A network as it is drawn: its columns of units, what is written on it, and its size.

Coordinates are in inches. If a column has too many units, a gap replaces those in the middle.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from reference.spec import Index, Real

BIAS = -1  # the bias of a layer is the last row of its weights
MOST = 9  # places in a column; if it has more units, the first ones and the last are drawn
LINE = 0.16  # inches from one line of text to the next

Column = dict[int, float]  # the height of each unit that is drawn, from the top


class Marks(NamedTuple):
    """What is written on a network; a sigmoid in the last column is called so, and else g."""

    bias: bool = False
    labels: bool = False
    activation: bool = False
    outputs: bool = False
    sigmoid: bool = False


class Drawing(NamedTuple):
    """A network as it is drawn; one entry for each column, or for each pair of columns."""

    sizes: tuple[int, ...]
    marks: Marks = Marks()
    weights: tuple[Real, ...] = ()
    dropped: Mapping[int, Index] = MappingProxyType({})  # the dropped units of a column
    above: tuple[str, ...] = ()
    below: tuple[tuple[str, ...], ...] = ()  # one line of words after another
    total: str = ""
    circles: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    letters: tuple[str, str, str] = ("x", "h", "o")


class Room(NamedTuple):
    """The radius of a circle, and the distances between units and between columns."""

    radius: float
    down: float
    across: float


def room(drawing: Drawing) -> Room:
    if not drawing.marks.labels:
        return Room(0.1, 0.36, 1.6)
    most = 0 if drawing.weights else min(MOST, max(drawing.sizes[1:]))
    names = LINE * (most + 1)  # the names of the weights of one unit, below one another
    if drawing.marks.activation:
        return Room(0.25, max(0.8, names), 2.1)
    return Room(0.17, max(0.7, names), 2.0)


def extent(drawing: Drawing) -> tuple[float, float, float, float]:
    """The left, right, lower and upper end of a drawing."""
    space = room(drawing)
    top = max(max(column.values()) for column in columns(drawing)) + space.radius
    left = -0.95 if drawing.below else -space.radius - 0.1
    right = (len(drawing.sizes) - 1) * space.across + (0.7 if drawing.marks.outputs else 0.45)
    under = 0.3 * len(drawing.below) + 0.3 * bool(drawing.total) + 0.1
    return left, right, -top - under, top + (0.4 if any(drawing.above) else 0.1)


def columns(drawing: Drawing) -> list[Column]:
    last, down = len(drawing.sizes) - 1, room(drawing).down
    return [
        _places(size, drawing.marks.bias and i < last, down) for i, size in enumerate(drawing.sizes)
    ]


def _places(size: int, bias: bool, down: float) -> Column:
    """A gap replaces omitted units, and the bias is at the top."""
    shown = list(range(size)) if size <= MOST else [*range(MOST - 2), size - 1]
    slots = list(range(size)) if size <= MOST else [*range(MOST - 2), MOST - 1]
    if bias:
        shown, slots = [BIAS, *shown], [0, *(1 + slot for slot in slots)]
    return {unit: down * (slots[-1] / 2 - slot) for unit, slot in zip(shown, slots, strict=True)}
