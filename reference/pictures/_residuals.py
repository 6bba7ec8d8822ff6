"""A regression line with its residuals: the vertical distances between the points and the line.

    RSS = 1/2 sum_i (y_i - line(x_i))^2

Source: Sennblad (004), "Loss Function"; Gauss 1809.
"""

import numpy as np
from matplotlib.figure import Figure

from reference.linear import linear_regression
from reference.losses import half_rss
from reference.pictures._style import COLOURS, INK, figure, plain
from reference.spec import Real


def residuals(x: Real, y: Real, line: tuple[float, float] | None = None) -> Figure:
    """Points and a line, given by weight and bias; without it, the line of the least RSS."""
    weight, bias = linear_regression.run(x[:, None], y) if line is None else line
    heights = x * np.squeeze(weight) + bias
    rss = float(half_rss.forward(heights[:, None], y[:, None]))
    page, axes = figure(4.8, 3.4)
    plain(axes, f"RSS = {rss:.3f}", x="x", y="y")
    axes.vlines(x, heights, y, color=COLOURS[1], linewidth=1.6, label="residual")
    axes.plot(x, heights, color=COLOURS[0], linewidth=2, label="line")
    axes.plot(x, y, "o", color=INK, markersize=5)
    axes.legend(frameon=False, fontsize=8.5, labelcolor=INK)
    return page
