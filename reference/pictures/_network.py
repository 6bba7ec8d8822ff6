"""A network drawn as circles and lines: units in columns, and the weights between them.

For a model, a thicker line is a larger weight, and its colour shows the sign. The activation is
written above each column, and the number of units and of parameters, (inputs + 1) units, below it.
Units that a dropout layer sets to zero are crossed out. For plain sizes, all lines look the same.

Source: Vanschoren (001), `draw_neural_net`; lecture 000; Brajard (003).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from reference.models import Dense, Dropout, Network
from reference.pictures._drawing import Drawing, Marks, extent
from reference.pictures._style import INK, figure
from reference.pictures._units import draw
from reference.spec import Index

PLAIN = Marks()


def network_drawing(
    network: Network | Sequence[int],
    *,
    bias: bool = False,
    labels: bool = False,
    activation: bool = False,
    outputs: bool = False,
    sigmoid: bool = False,
    seed: int = 0,
) -> Figure:
    """Draw the dense layers of a built network, or columns of the given sizes.

    `bias` draws the nodes "1". `labels` names the units, and the weights of plain sizes.
    `activation` splits each unit into z and f, and the last ones into z and g, or sigma for a
    sigmoid. `outputs` writes the activations beside the units. Both include the labels. The seed
    samples dropped units.

    Raises ValueError if there is no dense layer, or if one has no weights yet.
    """
    marks = Marks(bias, labels or activation or outputs, activation, outputs, sigmoid)
    return side_by_side({"": planned(network, marks, seed)})


def side_by_side(drawings: Mapping[str, Drawing]) -> Figure:
    """One panel for each drawing; a thick line means the same in all of them."""
    ends = [extent(each) for each in drawings.values()]
    widths = [right - left for left, right, _, _ in ends]
    high = max(up - low for *_, low, up in ends) + 0.3 * any(drawings)
    shape = {"ncols": len(drawings), "squeeze": False, "width_ratios": widths}
    page, panels = figure(sum(widths), high, **shape)
    for axes, (title, each) in zip(panels.flat, drawings.items(), strict=True):
        others = [one.weights for one in drawings.values() if one.sizes == each.sizes]
        shared = len(others) > 1 and each.weights
        draw(axes, each, max(abs(w).max() for one in others for w in one) if shared else 0.0)
        axes.set_title(title, fontsize=9, color=INK)
    return page


def planned(network: Network | Sequence[int], marks: Marks = PLAIN, seed: int = 0) -> Drawing:
    if isinstance(network, Network):
        return _of_model(network, marks, seed)
    sizes = tuple(network)
    words = ("input", *[""] * (len(sizes) - 2), "output") if marks.labels else ("",) * len(sizes)
    weights = sum(a * b for a, b in pairwise(sizes))
    return Drawing(sizes, marks, above=words, total=_total(weights, sum(sizes[1:])))


def _of_model(model: Network, marks: Marks, seed: int) -> Drawing:
    layers = [layer for layer in model.layers if isinstance(layer, Dense)]
    if not layers or any(not layer.weights for layer in layers):
        raise ValueError("there is nothing to draw before the layers have weights")
    sizes = (layers[0].weights["weight"].shape[0], *(layer.units for layer in layers))
    weights = [layer.weights["weight"] for layer in layers]
    biases = [layer.weights.get("bias", np.zeros(layer.units)) for layer in layers]
    functions = [layer.activation.operation.name for layer in layers]
    parameters = [sum(weight.size for weight in layer.weights.values()) for layer in layers]
    learned = [layer.weights["bias"].size for layer in layers if "bias" in layer.weights]
    return Drawing(
        sizes,
        marks._replace(sigmoid=functions[-1] == "sigmoid"),
        weights=tuple(np.vstack(pair) for pair in zip(weights, biases, strict=True)),
        dropped=_dropped(model, sizes, seed),
        above=("inputs", *(name.replace("_", " ") for name in functions)),
        below=(tuple(map(str, sizes)), ("", *map(str, parameters))),
        total=_total(sum(weight.size for weight in weights), sum(learned)),
    )


def _dropped(model: Network, sizes: Sequence[int], seed: int) -> dict[int, Index]:
    """The units that each dropout layer would set to zero for one example."""
    rng, column = np.random.default_rng(seed), 0
    dropped: dict[int, Index] = {}
    for layer in model.layers:
        column += isinstance(layer, Dense)
        if isinstance(layer, Dropout):
            dropped[column] = np.flatnonzero(rng.random(sizes[column]) < layer.rate)
    return dropped


def _total(weights: int, biases: int) -> str:
    return f"{weights} weight{'s' * (weights != 1)}, {biases} bias{'es' * (biases != 1)}"
