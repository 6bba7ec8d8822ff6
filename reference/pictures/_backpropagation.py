"""Backpropagation step by step, in a network with one hidden layer.

Blue marks what is computed forwards and orange what is computed backwards. The loss is known only
at the output, so its gradients reach the last layer first.

Source: Brajard (003), "Training a neural-net: gradient backpropagation".
"""

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reference.pictures._drawing import Drawing, Marks, extent
from reference.pictures._style import COLOURS, INK, SOFT, figure
from reference.pictures._units import draw

BLUE, RED, GREEN = COLOURS[:3]
BELOW = 0.8  # inches for a formula


class Step(NamedTuple):
    """What a step computes: the colours of the columns and of the weights between them."""

    title: str
    formula: str
    circles: tuple[str, str, str]
    lines: tuple[str, str] = (SOFT, SOFT)


STEPS = (
    Step("1  Take an example (x, y).", "$x_1,\\ x_2,\\ y$", (BLUE, SOFT, SOFT)),
    Step(
        "2  Compute the output.",
        "$h_j = f_0(\\sum_i w_{ij}\\, x_i)$     $\\hat{y} = f_1(\\sum_j w_j\\, h_j)$",
        (BLUE, BLUE, BLUE),
        (BLUE, BLUE),
    ),
    Step(
        "3  Compute the gradient of the loss.",
        "$\\partial L / \\partial \\hat{y}$",
        (SOFT, SOFT, RED),
    ),
    Step(
        "4  Go back through the last layer.",
        "$\\frac{\\partial L}{\\partial w_j} = \\frac{\\partial L}{\\partial \\hat{y}}\\,"
        "\\frac{\\partial \\hat{y}}{\\partial w_j}$     "
        "$\\frac{\\partial L}{\\partial h_j} = \\frac{\\partial L}{\\partial \\hat{y}}\\,"
        "\\frac{\\partial \\hat{y}}{\\partial h_j}$",
        (SOFT, RED, RED),
        (SOFT, RED),
    ),
    Step(
        "5  Go back through the first layer.",
        "$\\frac{\\partial L}{\\partial w_{ij}} = \\frac{\\partial L}{\\partial h_j}\\,"
        "\\frac{\\partial h_j}{\\partial w_{ij}}$",
        (SOFT, RED, RED),
        (RED, RED),
    ),
    Step(
        "6  Update all weights.",
        "$w \\leftarrow w - \\gamma\\, \\partial L / \\partial w$",
        (SOFT, SOFT, SOFT),
        (GREEN, GREEN),
    ),
)


def backpropagation_steps(inputs: int = 2, hidden: int = 2) -> Figure:
    """Six panels, which colour what each step computes."""
    sizes = (inputs, hidden, 1)
    letters = ("x", "h", "\\hat{y}")
    drawings = [
        Drawing(sizes, Marks(labels=True), circles=step.circles, lines=step.lines, letters=letters)
        for step in STEPS
    ]
    left, right, low, high = extent(drawings[0])
    page, panels = figure(2.4 * (right - left), 1.6 * (high - low + BELOW) + 0.6, nrows=2, ncols=3)
    for axes, step, drawing in zip(panels.flat, STEPS, drawings, strict=True):
        draw(axes, drawing)
        _formula(axes, step, (left + right) / 2, low)
    return page


def _formula(axes: Axes, step: Step, x: float, low: float) -> None:
    axes.set_ylim(low - BELOW, axes.get_ylim()[1])
    axes.set_title(step.title, fontsize=9.5, color=INK, fontweight="bold", loc="left")
    axes.text(x, low - BELOW / 2, step.formula, ha="center", va="center", fontsize=11, color=INK)
