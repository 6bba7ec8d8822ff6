"""Sigmoid neurons in a row, with every number of the forward pass and the gradients of the loss.

    z = w a + b,   a = sigmoid(z),   L = (a - y)^2 / 2   for the last a

The values that go forwards are blue and the gradients are orange.

Source: Sennblad (004), "Back propagation".
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from reference.activations import sigmoid
from reference.pictures._style import COLOURS, INK, SOFT, bare, figure

BLUE, RED = COLOURS[0], COLOURS[1]
RADIUS = 0.36
STEP = 2.3  # inches from neuron to neuron
Neuron = tuple[float, float]  # weight and bias


def neuron_chain(x: float, neurons: Sequence[Neuron], target: float | None = None) -> Figure:
    """Draw neurons, each given by weight and bias; with a target also the gradients."""
    values = _forward(x, neurons)
    page, axes = figure(STEP * (len(neurons) + 1), 2.3 + 0.6 * (target is not None))
    bare(axes)
    _input(axes, x)
    for i, (neuron, (z, a)) in enumerate(zip(neurons, values, strict=True), start=1):
        _neuron(axes, i, neuron, (z, a))
    end = STEP * len(neurons)
    _arrow(axes, (end + RADIUS, 0), (end + 1.0, 0))
    _say(axes, (end + 1.2, 0), "$\\hat{y}$", RED)
    if target is not None:
        _say(axes, (end + 1.2, -0.6), f"$y$ = {target:g}", INK)
        for i, (by_weight, by_bias) in enumerate(_backward(x, neurons, values, target), start=1):
            for height, name, slope in ((-1.1, "w", by_weight), (-1.5, "b", by_bias)):
                text = f"$\\partial L / \\partial {name}_{i}$ = {slope:.3g}"
                _say(axes, (STEP * i, height), text, RED)
    low = -0.95 if target is None else -1.75
    axes.set(xlim=(-0.5, end + 1.6), ylim=(low, 1.4), aspect="equal")
    return page


def _forward(x: float, neurons: Sequence[Neuron]) -> list[tuple[float, float]]:
    """The pairs of z and a, from the first neuron to the last."""
    values, a = [], x
    for weight, bias in neurons:
        z = weight * a + bias
        a = float(sigmoid.forward(np.asarray(z)))
        values.append((z, a))
    return values


def _backward(
    x: float, neurons: Sequence[Neuron], values: list[tuple[float, float]], target: float
) -> list[tuple[float, float]]:
    """The pairs of dL/dw and dL/db, from the first neuron to the last."""
    inputs = [x, *(a for _, a in values)]
    grad = inputs.pop() - target
    slopes: list[tuple[float, float]] = []
    for (weight, _), (z, _), a in zip(neurons[::-1], values[::-1], inputs[::-1], strict=True):
        grad_z = float(sigmoid.backward(np.asarray(grad), np.asarray(z))[0])
        slopes.insert(0, (grad_z * a, grad_z))
        grad = grad_z * weight
    return slopes


def _input(axes: Axes, x: float) -> None:
    axes.add_patch(Circle((0, 0), RADIUS, fc="white", ec=SOFT, lw=1.8, zorder=2))
    _say(axes, (0, 0), "$x$", INK)
    _say(axes, (0, -0.6), f"{x:g}", BLUE)


def _neuron(axes: Axes, i: int, neuron: Neuron, values: tuple[float, float]) -> None:
    """The neuron of number i, the arrow of its weight, and its bias above."""
    at, half = STEP * i, RADIUS / 2
    axes.add_patch(Circle((at, 0), RADIUS, fc="white", ec=BLUE, lw=1.8, zorder=2))
    axes.plot([at, at], [-RADIUS, RADIUS], color=INK, linewidth=1, zorder=3)
    _say(axes, (at - half, 0), f"$z_{i}$", INK)
    _say(axes, (at + half, 0), f"$a_{i}$", INK)
    _say(axes, (at, -0.6), "{:.3f}  |  {:.3f}".format(*values), BLUE)
    _arrow(axes, (at - STEP + RADIUS, 0), (at - RADIUS, 0))
    _say(axes, (at - STEP / 2, 0.2), f"$w_{i}$ = {neuron[0]:g}", INK)
    _arrow(axes, (at, 1.0), (at, RADIUS))
    _say(axes, (at, 1.15), f"$b_{i}$ = {neuron[1]:g}", INK)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": SOFT, "lw": 1.4})


def _say(axes: Axes, place: tuple[float, float], text: str, colour: str) -> None:
    axes.text(*place, text, ha="center", va="center", fontsize=9, color=colour, zorder=4)
