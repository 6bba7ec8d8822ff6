"""Activations and their derivatives, plotted together.

The derivative is the operation's own `backward` for an upstream gradient of one. A curve is
interrupted where it jumps, since it has no values in between. Softmax depends on all of its inputs.
It is drawn for nine inputs that form one vector, each with the derivative by its own input. PReLU
learns its slope, so the picture is given one.

Source: Vanschoren (001), "Activation functions"; Brajard (003).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.models import With
from reference.pictures._style import COLOURS, FAINT, INK, figure, plain
from reference.spec import Real

NAMES = ("step", "identity", "sigmoid", "tanh", "relu", "leaky_relu")
X = np.linspace(-6, 6, 1601)
VECTOR = np.linspace(-6, 6, 9)
JUMP = 0.1  # much more than a curve of slope one changes between two points
LOWEST, HIGHEST = -1.35, 2.1
PRELU, PRELU_SLOPE = ("prelu", "prelu_shared"), 0.25  # the first slope in He et al. 2015

Activation = str | With | Callable[[Any], Any]


class Curve(NamedTuple):
    x: Real
    value: Real
    derivative: Real


def activation_curves(
    activations: Sequence[Activation] = NAMES,
    columns: int = 3,
    *,
    derivative: bool = True,
    slope: float = PRELU_SLOPE,
    flat: float = 0.0,
) -> Figure:
    """One panel for each activation, given by name, with settings, or as a function.

    `slope` is that of PReLU. Inputs at which the derivative is smaller than `flat` are shaded.
    """
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
    given = [With(activation) for activation in activations]
    curves = [_curve(activation, slope) for activation in given]
    for axes, activation, curve in zip(panels.flat, given, curves, strict=False):
        plain(axes, _title(activation, slope))
        _panel(axes, curve, derivative)
        if flat:
            _shade(axes, curve, flat)
    shown = [curve.value for curve in curves] + [c.derivative for c in curves if derivative]
    panels[0, 0].set(xlim=(-6, 6), ylim=_limits(np.concatenate(shown)))
    if derivative:
        words = {"fontsize": 8.5, "transform": panels[0, 0].transAxes}
        panels[0, 0].text(0.03, 0.9, "value", color=INK, **words)
        panels[0, 0].text(0.03, 0.78, "derivative", color=COLOURS[1], **words)
    return page


def _panel(axes: Axes, curve: Curve, derivative: bool) -> None:
    axes.axhline(0, color=FAINT, zorder=0)
    axes.axvline(0, color=FAINT, zorder=0)
    dots = curve.x is VECTOR
    style: dict[str, Any] = {"marker": "o", "clip_on": False} if dots else {}
    value, slope = (y if dots else _open(y) for y in (curve.value, curve.derivative))
    if derivative:
        dashed: dict[str, Any] = {"linewidth": 1.6, "dashes": (3, 1.2), "zorder": 3}
        axes.plot(curve.x, slope, color=COLOURS[1], markersize=3, **dashed, **style)
    axes.plot(curve.x, value, color=INK, linewidth=2, markersize=4, **style)
    axes.set(xticks=range(-6, 7, 3), yticks=(-1, 0, 1, 2))


def _shade(axes: Axes, curve: Curve, flat: float) -> None:
    where = np.abs(curve.derivative) < flat
    whole = axes.get_xaxis_transform()
    axes.fill_between(curve.x, 0, 1, where=where, color=FAINT, transform=whole, zorder=-1)


def _limits(shown: Real) -> tuple[float, float]:
    """Everything, but at most a part that shows the kinks of ReLU and of its derivative."""
    return max(shown.min() - 0.1, LOWEST), min(shown.max() + 0.1, HIGHEST)


def _curve(activation: With, slope: float) -> Curve:
    if activation.operation.name in PRELU:
        column, learned = X[:, None], np.full(1, slope)
        values = activation.forward(column, learned)
        (derivative, _) = activation.backward(np.ones_like(column), column, learned)
        return Curve(X, values[:, 0], derivative[:, 0])
    _refuse_all_but_activations(activation)
    together = activation.forward(VECTOR)
    if np.allclose(together, np.concatenate([activation.forward(x[None]) for x in VECTOR])):
        return Curve(X, activation.forward(X), activation.backward(np.ones_like(X), X)[0])
    rows = np.tile(VECTOR, (len(VECTOR), 1))
    own = activation.backward(np.eye(len(VECTOR)), rows)[0].diagonal()
    return Curve(VECTOR, together, own)


def _refuse_all_but_activations(activation: With) -> None:
    operation = activation.operation
    inputs = [each for each in getattr(operation, "arguments", (1,)) if not _is_setting(each)]
    if len(inputs) > 1 or activation.forward(VECTOR).shape != VECTOR.shape:
        raise ValueError(
            f"{operation.name} is not an activation: it needs one input and as many outputs"
        )


def _is_setting(argument: Any) -> bool:
    return bool(getattr(argument, "tried", ()))


def _title(activation: With, slope: float) -> str:
    settings = {"slope": slope} if activation.operation.name in PRELU else activation.settings
    words = [activation.operation.name, *(f"{k} {v}" for k, v in settings.items())]
    return ", ".join(words).replace("_", " ")


def _open(y: Real) -> Real:
    return np.where(np.abs(np.diff(y, append=y[-1])) > JUMP, np.nan, y)
