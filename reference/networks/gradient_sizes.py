"""How large the gradient of each layer's weights is: vanishing and dying gradients as numbers.

    s_i = mean over the entries of |dL/dW_i|,   L the mean output of a multi-layer perceptron

Each layer that the gradient passes multiplies it by its weights and by the slope of its
activation. A sigmoid is nowhere steeper than 1/4, so the first layers of a deep net hear almost
nothing. The slope of ReLU is 1, but a unit that is negative for every example hears nothing at all
and never recovers. Weights too small or too large make the gradient vanish or explode with the
depth, and with ReLU in all layers alike: what is lost on the way down was lost on the way up.

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
    """Without biases and with ReLU, twice the weights double the gradient once a layer passed."""
    passed = len(weights) - 1
    larger = f(x, 2 * weights, 0 * biases, activation="relu")
    return larger, 2.0**passed * f(x, weights, 0 * biases, activation="relu")


def dead_where_all_is_negative(f, x, weights, biases, activation):
    """ReLU units that are negative for every example let no gradient through to any layer."""
    negative = -np.abs(np.concatenate([weights, weights[:1]]))
    sizes = f(np.abs(x), negative, 0 * negative[:, 0], activation="relu")
    return sizes, 0 * sizes


def silent_below_a_layer_of_zeros(f, x, weights, biases, activation):
    """Below a layer whose weights are zero nothing is learned."""
    silenced = np.concatenate([weights[:-1], 0 * weights[-1:]])
    below = f(x, silenced, biases, activation=activation)[:-1]
    return below, 0 * below


def _torch(torch, x, weights, biases, activation):
    weights.requires_grad_()
    mlp.in_torch(torch, x, weights, biases, activation).mean().backward()
    return weights.grad.abs().mean(dim=(1, 2))


SPEC = Procedure(
    run=run,
    torch=_torch,
    laws=(
        grows_with_the_weights_to_the_depth,
        dead_where_all_is_negative,
        silent_below_a_layer_of_zeros,
    ),
    source="Glorot and Bengio 2010",
    possible=mlp.clear_of_kinks,
)
