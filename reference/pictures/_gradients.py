"""The size of the gradient in each layer of several networks, which shows where it vanishes.

Source: Glorot and Bengio 2010; Vanschoren (001).
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure

from reference.models import Network, With, gradient_sizes
from reference.pictures._style import COLOURS, FAINT, beside, figure, plain, spaced
from reference.spec import Real


def gradient_falls(
    networks: Mapping[str, Network], x: Real, y: Real, loss: str | With = "mse"
) -> Figure:
    """One line for each network on a logarithmic scale, with the first layer at the left."""
    page, axes = figure(5.6, 3.2)
    plain(axes, "size of the gradient", x="layer")
    axes.set_yscale("log")
    axes.grid(axis="y", color=FAINT)
    curves = {name: gradient_sizes(network, x, y, loss) for name, network in networks.items()}
    for colour, sizes in zip(COLOURS, curves.values(), strict=False):
        axes.plot(range(1, len(sizes) + 1), sizes, "o-", color=colour, markersize=4, linewidth=1.6)
    ends = [float(np.log10(sizes[-1])) for sizes in curves.values()]
    low, high = np.log10(axes.get_ylim())
    heights = spaced(ends, float(high - low) / 15)
    for colour, (name, sizes), height in zip(COLOURS, curves.items(), heights, strict=False):
        beside(axes, len(sizes), 10**height, name, colour)
    axes.set_xticks(range(1, 1 + max(map(len, curves.values()))))
    axes.minorticks_off()
    return page
