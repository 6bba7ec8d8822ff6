"""The scheme of supervised training: from a batch of examples to an update, again and again.

Training stops after a fixed number of epochs, when the time is over, or when the validation loss
no longer falls.

Source: lecture 002, "Overall scheme of the training process".
"""

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from reference.pictures._style import COLOURS, INK, SOFT, bare, figure

Point = tuple[float, float]
BLUE, RED, GREEN = COLOURS[:3]
PLACES: dict[str, tuple[Point, str]] = {
    "training data\ninputs and desired outputs": ((0.0, 0.0), SOFT),
    "batch of examples": ((2.6, 0.0), SOFT),
    "forward pass\noutputs of the network": ((5.2, 0.0), BLUE),
    "loss\noutputs against desired outputs": ((8.0, 0.0), BLUE),
    "backward pass\ngradient for every weight": ((8.0, -1.7), RED),
    "update\n$w \\leftarrow w - \\alpha\\, \\partial E / \\partial w$": ((5.2, -1.7), GREEN),
    "stop?": ((2.6, -1.7), INK),
    "trained network": ((0.0, -1.7), INK),
}
CRITERIA = "after a number of epochs, after some time,\nor when the validation loss stops falling"


def training_scheme() -> Figure:
    """Boxes for what is done, and arrows for what comes next."""
    page, axes = figure(9.6, 3.3)
    bare(axes)
    boxes = [_box(axes, place, words, colour) for words, (place, colour) in PLACES.items()]
    for start, end in pairwise(boxes):
        _arrow(axes, start, end)
    _arrow(axes, boxes[6], boxes[1])
    _arrow(axes, _say(axes, (5.2, 1.1), "random initial weights"), boxes[2])
    _say(axes, (2.75, -0.85), "no: next batch", side="left")
    _say(axes, (1.6, -1.55), "yes")
    _say(axes, (2.6, -2.4), CRITERIA)
    axes.set(xlim=(-1.2, 9.4), ylim=(-2.7, 1.3))
    return page


def _box(axes: Axes, place: Point, words: str, colour: str) -> Text:
    kind = {"boxstyle": "round,pad=0.5", "fc": "white", "ec": colour, "lw": 1.6}
    return _say(axes, place, words, color=INK, bbox=kind)


def _arrow(axes: Axes, start: Text, end: Text) -> None:
    """From a box to another; they are drawn first, since only then their sizes are known."""
    kind = {"arrowstyle": "-|>", "color": SOFT, "lw": 1.4, "shrinkA": 3, "shrinkB": 3}
    kind |= {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch()}
    axes.annotate("", end.get_position(), start.get_position(), arrowprops=kind, zorder=4)


def _say(axes: Axes, place: Point, text: str, side: str = "center", **settings: Any) -> Text:
    """Write a text, which has an invisible box unless another is given."""
    hidden = {"boxstyle": "round,pad=0.2", "fc": "none", "ec": "none"}
    settings = {"color": SOFT, "fontsize": 8.5, "bbox": hidden, **settings}
    return axes.text(*place, text, ha=side, va="center", **settings)
