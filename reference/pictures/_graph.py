"""The graph of a computation, with the values that go forwards and the derivatives that come back.

A value is blue, and below its node. The derivative of an edge, of its end by its start, is grey.
The derivative of the output by a node is orange: the sum over all paths of products of edges.

Source: lecture 000, automatic differentiation; lecture 002, chain rule and computation graphs.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from reference.autodiff import Variable, gradients
from reference.autodiff._reverse import from_the_top
from reference.pictures._graph_layout import Layout, Place, layout
from reference.pictures._style import COLOURS, INK, SOFT, bare, figure
from reference.spec import Real

BLUE, RED = COLOURS[0], COLOURS[1]
SIGNS = {
    "add": "+",
    "subtract": "$-$",
    "negative": "$-$",
    "multiply": "$\\times$",
    "divide": "/",
    "power": "^",
    "matmul": "@",
}
KEY = (
    (BLUE, "value"),
    (SOFT, "derivative of an edge's end by its start"),
    (RED, "derivative of the output"),
)
SMALL = 4  # an array of more numbers is shown by its shape
ACROSS, UP = 1.9, 0.85  # inches from node to node

CLEAR = {"boxstyle": "square,pad=0.15", "fc": "white", "ec": "none"}

Names = Mapping[str, Variable]


def graph_drawing(output: Variable, names: Names | None = None) -> Figure:
    """Draw everything that the output was computed from; `names` are names of some nodes."""
    return _panels(output, names or {}, {"": 2})


def graph_steps(output: Variable, names: Names | None = None) -> Figure:
    """The same in three panels: the graph alone, then with values, then with derivatives too."""
    return _panels(output, names or {}, {"graph": 0, "forwards": 1, "backwards": 2})


def _panels(output: Variable, names: Names, steps: Mapping[str, int]) -> Figure:
    """One panel for each step: 0 shows the nodes, 1 also the values, 2 also the derivatives."""
    places = layout(output)
    x, y = np.array(sum(places.edges.values(), [*places.nodes.values()])).T
    across, up = np.ptp(x) + 0.8, np.ptp(y) + 1.0
    size = (ACROSS * across, UP * up * len(steps) + 0.5)
    page, panels = figure(*size, nrows=len(steps), squeeze=False)
    for axes, (title, step) in zip(panels.flat, steps.items(), strict=True):
        bare(axes)
        axes.set_title(title, fontsize=10, color=INK, fontweight="bold", loc="left")
        boxes = _nodes(axes, output, places, names, step)
        _edges(axes, output, places, boxes, step == 2)
        axes.set(xlim=(x.min() - 0.4, x.max() + 0.4), ylim=(y.min() - 0.65, y.max() + 0.35))
    key = [Patch(color=colour, label=words) for colour, words in KEY]
    style = {"frameon": False, "fontsize": 8, "handlelength": 0.7, "labelcolor": INK}
    page.legend(handles=key, loc="outside lower left", ncols=len(key), **style)
    return page


def _nodes(
    axes: Axes, output: Variable, places: Layout, names: Names, step: int
) -> dict[int, Text]:
    nodes, boxes = from_the_top(output), {}
    ground = {"boxstyle": "round,pad=0.45", "fc": "white", "ec": SOFT, "lw": 1.4}
    for node, slope in zip(nodes, gradients(output, nodes), strict=True):
        x, y = places.nodes[id(node)]
        boxes[id(node)] = _say(axes, (x, y), _title(node, names), INK, fontsize=10, bbox=ground)
        if step > 0:
            _say(axes, (x, y - 0.32), _number(node.value), BLUE)
        if step > 1:
            _say(axes, (x, y - 0.52), _number(slope), RED)
    return boxes


def _edges(
    axes: Axes, output: Variable, places: Layout, boxes: dict[int, Text], derivatives: bool
) -> None:
    for node in from_the_top(output):
        slopes: dict[int, Real] = {}
        for parent, pull in node.parents:
            slopes[id(parent)] = slopes.get(id(parent), 0) + pull(np.ones(node.shape))
        for start, slope in slopes.items():
            stops = places.edges[start, id(node)]
            _arrow(axes, stops, boxes[start], boxes[id(node)])
            if derivatives and np.size(slope) == node.size == 1:
                _say(axes, _middle(stops), _number(slope), SOFT, bbox=CLEAR, zorder=5)


def _arrow(axes: Axes, stops: list[Place], first: Text, last: Text) -> None:
    """Straight lines through all stops; boxes are drawn first, since then their sizes are known."""
    for i, (start, end) in enumerate(pairwise(stops), start=2):
        kind = {"arrowstyle": "-", "color": SOFT, "lw": 1.3, "shrinkA": 0, "shrinkB": 0}
        if i == 2:
            kind |= {"patchA": first.get_bbox_patch()}
        if i == len(stops):
            kind |= {"arrowstyle": "-|>", "patchB": last.get_bbox_patch()}
        axes.annotate("", end, start, arrowprops=kind, zorder=4)


def _middle(stops: list[Place]) -> Place:
    (a, b), (c, d) = stops[-2], stops[-1]
    return (a + c) / 2, (b + d) / 2


def _title(node: Variable, names: Names) -> str:
    given = [name for name, variable in names.items() if variable is node]
    return given[0] if given else SIGNS.get(node.name, node.name)


def _number(value: Any) -> str:
    value = np.asarray(value)
    if value.size > SMALL:
        return f"shape {value.shape}"
    return np.array2string(value, precision=3) if value.ndim else f"{value:.4g}"


def _say(axes: Axes, place: Place, text: str, colour: str, **settings: Any) -> Text:
    settings = {"ha": "center", "va": "center", "fontsize": 8.5, "zorder": 3, **settings}
    return axes.text(*place, text, color=colour, **settings)
