"""Gradients in a deep network: they vanish, explode, or become zero in dead units.

    size of a layer's gradient = root of the mean of (dL/dW)^2

The slope of a sigmoid is at most 1/4. Unless large weights make up for it, the size of the gradient
falls like (1/4)^k through k layers, and the first layers hardly learn. The slope of ReLU is 1 or 0.
A unit that is 0 for every example passes no gradient and its weights do not change: it is dead.

Source: Hochreiter 1991; Glorot and Bengio 2010; Vanschoren (001).
"""

import numpy as np

from reference.models._layers import Layer
from reference.models._named import With
from reference.models._network import Network
from reference.spec import Real


def gradient_sizes(network: Network, x: Real, y: Real, loss: str | With = "mse") -> list[float]:
    """Return one size for each layer that has a weight matrix, from the first layer to the last."""
    _, _, gradients = network.learn(x, y, loss, np.random.default_rng(0))
    sizes = {layer: _size(g) for (layer, name), g in gradients.items() if name == "weight"}
    return [sizes[layer] for layer in network.layers if layer in sizes]


def dead_shares(network: Network, x: Real) -> list[float]:
    """Return the share of units that are 0 for every example, for each layer."""
    rng = np.random.default_rng(0)
    shares = []
    for layer in _built(network, x):
        x, _ = layer.run(x, False, rng)
        shares.append(float((x == 0).all(axis=0).mean()))
    return shares


def _built(network: Network, x: Real) -> list[Layer]:
    network.build(x.shape[1:])
    return network.layers


def _size(gradient: Real) -> float:
    return float(np.sqrt((gradient**2).mean()))
