"""Activations and their derivatives, plotted together.

The derivative is the operation's own `backward` for an upstream gradient of one. A curve is
interrupted where it jumps, since it has no values in between.

Source: Vanschoren (001), "Activation functions"; Brajard (003).
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.models import With
from reference.pictures._style import COLOURS, FAINT, INK, figure, plain
from reference.spec import Real

NAMES = ("step", "identity", "sigmoid", "tanh", "relu", "leaky_relu")
X = np.linspace(-4, 4, 1601)
JUMP = 0.1  # much more than a curve of slope one changes between two points


def activation_curves(activations: Sequence[str | With] = NAMES, columns: int = 3) -> Figure:
    """One panel for each elementwise activation, given by name or with settings."""
    rows = -(-len(activations) // columns)
    page, panels = figure(
        2.6 * columns,
        2.1 * rows,
        nrows=rows,
        ncols=columns,
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for axes in panels.flat[len(activations) :]:
        axes.set_axis_off()
    for i, activation in enumerate(activations):
        _panel(panels.flat[i], With(activation), named=i == 0)
    return page


def _panel(axes: Axes, activation: With, named: bool) -> None:
    value, slope = activation.forward(X), activation.backward(np.ones_like(X), X)[0]
    words = [activation.operation.name, *(f"{k} {v}" for k, v in activation.settings.items())]
    plain(axes, ", ".join(words).replace("_", " "))
    axes.axhline(0, color=FAINT, zorder=0)
    axes.axvline(0, color=FAINT, zorder=0)
    axes.plot(X, _open(slope), color=COLOURS[1], linewidth=1.6, dashes=(3, 1.2), zorder=3)
    axes.plot(X, _open(value), color=INK, linewidth=2)
    axes.set(xlim=(X[0], X[-1]), ylim=(-1.35, 2.1), xticks=(-4, -2, 0, 2, 4), yticks=(-1, 0, 1, 2))
    if named:
        axes.text(-3.8, 1.75, "value", color=INK, fontsize=8.5)
        axes.text(-3.8, 1.35, "derivative", color=COLOURS[1], fontsize=8.5)


def _open(y: Real) -> Real:
    return np.where(np.abs(np.diff(y, append=y[-1])) > JUMP, np.nan, y)
