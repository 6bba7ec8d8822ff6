"""Multi-layer perceptron of any depth: dense layers with an activation between them.

    h_0 = x,   z_i = h_(i-1) W_i + b_i,   h_i = f(z_i),   y = z_l          (forward, l layers)
    dL/dz_l = g,   dL/dz_i = (dL/dz_(i+1) W_(i+1)^T) f'(z_i)               (backward, g = dL/dy)
    dL/dW_i = h_(i-1)^T dL/dz_i,   dL/db_i = sum_n dL/dz_i,   dL/dx = dL/dz_1 W_1^T

The last layer has no activation, because the function that follows it belongs to the loss. x has
shape (n, d), and each W_i has shape (inputs, outputs), as in Keras; PyTorch stores it transposed.
`weights` and `biases` are lists, or stacked arrays if all layers have the same width. The checks
stack them, so that the depth is an axis like any other; `gradients` returns lists for any widths.
Different numbers of weights and biases raise ValueError. An empty batch gives an empty batch.
Brajard (003) prints f_1 instead of f_0 in the derivative of its first layer, which is a misprint.

    >>> forward(np.array([[3], [0], [-3]]), np.array([[[2]], [[5]]]), np.array([[1], [-1]]))
    array([[34],
           [ 4],
           [-1]])

Source: Rumelhart, Hinton, Williams 1986; Brajard (003); Vanschoren (001).
"""

from collections.abc import Sequence
from typing import Annotated as Shaped

import numpy as np

from reference.activations._margin import clear_of_zero
from reference.linear import dense
from reference.linear.neuron import ACTIVATIONS
from reference.spec import Gradients, Real, Spec, Subgradient, Try

Layers = Sequence[Real] | Real


def forward(
    x: Shaped[Real, "n d"],
    weights: Shaped[Layers, "l d d"],
    biases: Shaped[Layers, "l d"],
    *,
    activation: Shaped[str, Try(tuple(ACTIVATIONS))] = "relu",
) -> Shaped[Real, "n d"]:
    return sums(x, weights, biases, activation)[-1]


def backward(
    grad: Real,
    x: Real,
    weights: Layers,
    biases: Layers,
    *,
    activation: str = "relu",
    at_zero: Shaped[float, Subgradient(0.0, 1.0, shared=True)] = 0.0,
) -> Gradients:
    dx, dws, dbs = gradients(grad, x, weights, biases, activation, at_zero)
    return dx, np.stack(dws), np.stack(dbs)


def sums(x: Real, weights: Layers, biases: Layers, activation: str) -> list[Real]:
    """Return the weighted sums z_i of every layer."""
    found: list[Real] = []
    for weight, bias in zip(weights, biases, strict=True):
        h = ACTIVATIONS[activation].forward(found[-1]) if found else x
        found.append(dense.forward(h, weight, bias))
    return found


def gradients(
    grad: Real,
    x: Real,
    weights: Layers,
    biases: Layers,
    activation: str = "relu",
    at_zero: float = 0.0,
) -> tuple[Real, list[Real], list[Real]]:
    """Return the gradients of the input, of each weight and of each bias."""
    bend = ACTIVATIONS[activation]
    choice = {"at_zero": at_zero} if activation == "relu" else {}
    zs = sums(x, weights, biases, activation)
    hs = [x, *(bend.forward(z) for z in zs[:-1])]
    dws, dbs = [], []
    for i in reversed(range(len(zs))):
        dz = grad if i == len(zs) - 1 else bend.backward(grad, zs[i], **choice)[0]
        grad, dw, db = dense.backward(dz, hs[i], weights[i], biases[i])
        dws.append(dw)
        dbs.append(db)
    return grad, dws[::-1], dbs[::-1]


def clear_of_kinks(x, weights, biases, activation):
    """Whether every hidden sum is too far from a kink for rounding to carry it across."""
    if activation != "relu":
        return True
    zs = sums(x, weights, biases, activation)
    hs = [x, *(np.maximum(z, 0) for z in zs[:-1])]
    return all(map(clear_of_zero, hs[:-1], weights, biases))


def layer_after_layer(f, x, weights, biases, activation):
    """Applying the first layer and then the others gives the whole network."""
    first = f(x, weights[:1], biases[:1], activation=activation)
    if len(weights) > 1:
        h = ACTIVATIONS[activation].forward(first)
        first = f(h, weights[1:], biases[1:], activation=activation)
    return first, f(x, weights, biases, activation=activation)


def one_affine_map_with_the_identity(f, x, weights, biases, activation):
    """Without activations and biases, the network is the product of all its matrices."""
    product = weights[0]
    for weight in weights[1:]:
        product = product @ weight
    return f(x, weights, 0 * biases, activation="identity"), x @ product


def hidden_units_have_no_order(f, x, weights, biases, activation):
    """Renumbering the units of every hidden layer changes nothing."""
    incoming = [w[:, ::-1] for w in weights[:-1]] + [weights[-1]]
    both = incoming[:1] + [w[::-1] for w in incoming[1:]]
    renumbered = [b[::-1] for b in biases[:-1]] + [biases[-1]]
    ours = f(x, both, renumbered, activation=activation)
    return ours, f(x, weights, biases, activation=activation)


def in_torch(torch, x, weights, biases, activation):
    bent = torch.nn.Identity() if activation == "identity" else getattr(torch, activation)
    *hidden, last = zip(weights, biases, strict=True)
    for weight, bias in hidden:
        x = bent(torch.nn.functional.linear(x, weight.T, bias))
    return torch.nn.functional.linear(x, last[0].T, last[1])


def _terms(x, weights, biases, activation):
    """A gradient that fades in a saturated unit grows again in the layers before it."""
    sizes = [np.abs(weight).max(initial=0) for weight in weights]
    return np.prod([max(1.0, size) for size in sizes])


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=in_torch,
    terms=_terms,
    properties=(layer_after_layer, one_affine_map_with_the_identity, hidden_units_have_no_order),
    possible=clear_of_kinks,
)
