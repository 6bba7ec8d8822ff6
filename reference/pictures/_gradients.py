"""The size of the gradient in each layer of several networks, which shows where it vanishes.

Source: Glorot and Bengio 2010; Vanschoren (001).
"""

from collections.abc import Mapping
from itertools import cycle

from matplotlib.figure import Figure

from reference.models import Network, With, gradient_sizes
from reference.pictures._lines import End, name_ends
from reference.pictures._style import COLOURS, FAINT, figure, plain
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
    ends = {}
    for colour, (name, sizes) in zip(cycle(COLOURS), curves.items(), strict=False):
        axes.plot(range(1, len(sizes) + 1), sizes, "o-", color=colour, markersize=4, linewidth=1.6)
        ends[name] = End(len(sizes), sizes[-1], colour)
    name_ends(axes, ends)
    axes.set_xticks(range(1, 1 + max(map(len, curves.values()))))
    axes.minorticks_off()
    return page
