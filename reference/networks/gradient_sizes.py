"""Mean size of the gradient in each layer: shows vanishing, exploding and dying gradients.

    s_i = mean over the entries of |dL/dW_i|,   L the mean output of a multi-layer perceptron

Each layer that the gradient passes multiplies it by its weights and by the slope of its activation.
The slope of a sigmoid is at most 1/4, so the first layers of a deep network get almost no gradient.
The slope of ReLU is 1 for positive inputs, but a unit that is negative for every example gets no
gradient, so its weights stop changing. Weights that are too small or too large make the gradient
vanish or explode with the depth. With ReLU this affects all layers alike: dL/dW_i is the product of
the input of layer i, which was scaled by the layers before it, and of the gradient of its output,
which was scaled by the layers after it.

    >>> run(np.eye(1), np.ones((3, 1, 1)), np.zeros((3, 1)), activation="sigmoid").round(4)
    array([0.0431, 0.1604, 0.675 ])

Source: Hochreiter 1991; Glorot and Bengio 2010; Vanschoren (001).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.linear.neuron import ACTIVATIONS
from reference.networks import mlp
from reference.networks.mlp import Layers
from reference.spec import Procedure, Real, Try


def run(
    x: Shaped[Real, "n d"],
    weights: Shaped[Layers, "l d d"],
    biases: Shaped[Layers, "l d"],
    *,
    activation: Shaped[str, Try(tuple(ACTIVATIONS))] = "relu",
) -> Shaped[Real, "l"]:
    output = mlp.forward(x, weights, biases, activation=activation)
    grad = (1 + np.zeros_like(output)) / output.size
    _, dws, _ = mlp.gradients(grad, x, weights, biases, activation)
    return np.stack([np.abs(dw).mean() for dw in dws])


def grows_with_the_weights_to_the_depth(f, x, weights, biases, activation):
    """With ReLU and no biases, doubling the weights of l layers gives 2^(l - 1) times the size."""
    larger = f(x, 2 * weights, 0 * biases, activation="relu")
    size = f(x, weights, 0 * biases, activation="relu")
    for _ in range(len(weights) - 1):
        size = 2 * size
    return larger, size


def dead_where_all_is_negative(f, x, weights, biases, activation):
    """If all ReLU units are negative for every example, no layer gets a gradient."""
    negative = -np.abs(np.concatenate([weights, weights[:1]]))
    sizes = f(np.abs(x), negative, 0 * negative[:, 0], activation="relu")
    return sizes, 0 * sizes


def silent_below_a_layer_of_zeros(f, x, weights, biases, activation):
    """If the weights of the last layer are zero, the layers before it get no gradient."""
    silenced = np.concatenate([weights[:-1], 0 * weights[-1:]])
    below = f(x, silenced, biases, activation=activation)[:-1]
    return below, 0 * below


def _torch(torch, x, weights, biases, activation):
    weights.requires_grad_()
    mlp.in_torch(torch, x, weights, biases, activation).mean().backward()
    return weights.grad.abs().mean(dim=(1, 2))


def _terms(x, weights, biases, activation):
    """The slope of a saturated unit is a small difference, and fades in the sizes that it makes."""
    if activation in ("identity", "relu"):
        return 0.0
    sizes = [np.abs(layer).max(initial=0) for layer in (x, *weights)]
    return np.prod([max(1.0, size) for size in sizes])


def _beside_kinks(x, weights, biases, activation):
    """Clear of kinks, and on none: where a sum is 0, the slope of ReLU is 0 or 1, as one likes."""
    hidden = mlp.sums(x, weights, biases, activation)[:-1]
    on_a_kink = activation == "relu" and any(np.any(z == 0) for z in hidden)
    return not on_a_kink and mlp.clear_of_kinks(x, weights, biases, activation)


SPEC = Procedure(
    run=run,
    terms=_terms,
    torch=_torch,
    properties=(
        grows_with_the_weights_to_the_depth,
        dead_where_all_is_negative,
        silent_below_a_layer_of_zeros,
    ),
    possible=_beside_kinks,
)
