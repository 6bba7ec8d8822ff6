"""How the layers of a network bend the plane, until a straight line can part the classes.

The first panel shows the points and a grid. The next panels show what each layer makes of them.
The line is the border of the layers that follow; before the last layer it is straight.

Source: lecture 000, "Neural networks stack nonlinear transformations".
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from reference.models import Network, Sequential
from reference.pictures._boundary import draw_border
from reference.pictures._points import window
from reference.pictures._style import SOFT, figure, plain
from reference.spec import Real

LINES = 21  # in each direction
STEPS = 120  # points on a line


def representations(model: Network, points: Real, labels: Real) -> Figure:
    """One panel for the inputs and one for each layer with two outputs, up to the last layer.

    Raises ValueError if a layer before the last one has other than two outputs.
    """
    kept = [Sequential(model.layers[:k]) for k in range(len(model.layers))]
    after = [Sequential(model.layers[k:]) for k in range(len(model.layers))]
    page, panels = figure(3.0 * len(kept), 3.2, ncols=len(kept), squeeze=False)
    for k, axes in enumerate(panels.flat):
        title = f"after layer {k}" if k else "inputs"
        plain(axes, title)
        seen = kept[k].predict(points)
        if seen.shape[1] != 2:
            raise ValueError(f"{title} there are {seen.shape[1]} numbers; a plane has two")
        _grid(axes, kept[k], points)
        draw_border(axes, after[k], seen, labels)
    return page


def _grid(axes: Axes, model: Network, points: Real) -> None:
    """Straight lines over the window of the points, as the model shows them."""
    low, high = window(points)
    lines = []
    for axis in (0, 1):
        for place in np.linspace(low[axis], high[axis], LINES):
            line = np.full((STEPS, 2), place)
            line[:, 1 - axis] = np.linspace(low[1 - axis], high[1 - axis], STEPS)
            lines.append(model.predict(line))
    collection = LineCollection(lines, colors=SOFT, linewidths=0.5, alpha=0.6)
    axes.add_collection(collection).set_zorder(1)
