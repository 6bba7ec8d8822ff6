"""Pictures of convolutions in the texts of the course."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from checker.handout import gallery
from reference.data import digits
from reference.pictures import feature_maps
from reference.pictures._style import COLOURS, INK, SOFT, bare, figure
from reference.windows import output_size
from reference.windows.convolution import forward

BLUE, ORANGE = "#cfe3f2", "#f8d9c4"
LENGTH, SIZE = 7, 3
SETTINGS = ((2, 0, 1), (1, 1, 1), (1, 0, 2))  # stride, padding, dilation
KERNELS = {
    "mean": np.ones((3, 3)) / 9,
    "vertical edges": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
    "horizontal edges": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
    "spots": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / 8,
}


def convolution() -> Figure:
    """A digit, four kernels and their maps."""
    images, labels = digits()
    image = images[labels == 4][:1] / 16
    kernels = np.stack([*KERNELS.values()]).astype(float)
    maps = forward(image[:, None], kernels[:, None], None)
    return feature_maps(image, kernels, maps, [*KERNELS])


def convolution_windows() -> Figure:
    """The windows of three settings on an axis of seven entries."""
    page, panels = figure(7.2, 2.3, ncols=3)
    titles = ("stride 2", "padding 1", "dilation 2")
    for axes, title, settings in zip(panels, titles, SETTINGS, strict=True):
        _windows(axes, title, *settings)
    return page


def convolution_filters() -> Figure:
    """What a network has learned."""
    return gallery.images.feature_maps()


def _windows(axes: Axes, title: str, stride: int, padding: int, dilation: int) -> None:
    """The axis on top, and a row for each window that fits."""
    bare(axes)
    axes.set(xlim=(-1.6, LENGTH + 1.6), ylim=(-LENGTH - 0.4, 2.4), aspect="equal")
    axes.set_title(title, fontsize=10, color=INK)
    for at in range(-padding, LENGTH + padding):
        inside = 0 <= at < LENGTH
        ground = BLUE if inside else "white"
        axes.add_patch(Rectangle((at, 0.6), 1, 1, fc=ground, ec=SOFT, lw=0.8))
        if not inside:
            axes.text(at + 0.5, 1.1, "0", ha="center", va="center", color=SOFT, fontsize=8)
    count = output_size.run(LENGTH, SIZE, stride=stride, padding=padding, dilation=dilation)
    for window in range(count):
        for entry in range(SIZE):
            at = window * stride - padding + entry * dilation
            axes.add_patch(Rectangle((at, -1.0 - window), 1, 0.8, fc=ORANGE, ec=COLOURS[1], lw=0.8))


DRAWN = (convolution, convolution_windows, convolution_filters)
