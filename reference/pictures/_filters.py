"""The weights of the first layer as images, and the parts of other images that they respond to.

Blue pixels are positive and orange ones negative. A cell shows image times weights, pixel by pixel.
The unit adds them up: its activation is written below, and a green frame is thicker for a larger
one.

Source: Vanschoren (001), "Why layers?".
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from reference.pictures._style import COLOURS, INK, SOFT, figure
from reference.spec import Real

SIGNS = LinearSegmentedColormap.from_list("signs", [COLOURS[1], "white", COLOURS[0]])


def filters(pixels: Real, weights: Real, activations: Real) -> Figure:
    """A table of images (n, height, width) by units (k, height, width), with n x k activations."""
    rows, columns = activations.shape
    size = (1.0 * (columns + 1) + 0.4, 1.2 * (rows + 1))
    page, panels = figure(*size, nrows=rows + 1, ncols=columns + 1)
    panels[0, 0].set_axis_off()
    for j in range(columns):
        _picture(panels[0, j + 1], weights[j], np.abs(weights).max(), f"unit {j + 1}")
    products = pixels[:, None] * weights
    for i in range(rows):
        panels[i + 1, 0].imshow(pixels[i], cmap="Greys", vmin=pixels.min(), vmax=pixels.max())
        frame(panels[i + 1, 0])
        for j in range(columns):
            axes, lit = panels[i + 1, j + 1], activations[i, j] / (activations.max() or 1)
            _picture(axes, products[i, j], np.abs(products).max())
            axes.set_xlabel(f"{activations[i, j]:.1f}", fontsize=8.5, color=INK, labelpad=3)
            if lit > 0:
                frame(axes, edgecolor=COLOURS[2], linewidth=0.5 + 3 * lit)
    return page


def _picture(axes: Axes, image: Real, most: float, title: str = "") -> None:
    axes.imshow(image, cmap=SIGNS, vmin=-most, vmax=most)
    axes.set_title(title, fontsize=8.5, color=INK)
    frame(axes)


def frame(axes: Axes, **style: Any) -> None:
    axes.set(xticks=(), yticks=())
    for side in axes.spines.values():
        side.set(**{"edgecolor": SOFT, "linewidth": 0.5, **style})
