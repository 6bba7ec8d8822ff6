"""How gradients fare on their way down a deep network: they vanish, explode, or die.

    size of a layer's gradient = root of the mean of (dL/dW)^2

A sigmoid passes on at most a quarter of a gradient, so through k layers the size falls like
(1/4)^k and the first layers hardly learn. ReLU passes all or nothing, and a unit that is 0 for
every example passes nothing, ever: it is dead.

Source: Hochreiter 1991; Glorot and Bengio 2010; Vanschoren (001).
"""

import numpy as np

from reference.models._layers import Layer
from reference.models._named import With
from reference.models._network import Network
from reference.spec import Real


def gradient_sizes(network: Network, x: Real, y: Real, loss: str | With = "mse") -> list[float]:
    """One size for each layer that has a weight matrix, the first layer first."""
    _, _, gradients = network.learn(x, y, With(loss), np.random.default_rng(0))
    sizes = {layer: _size(g) for (layer, name), g in gradients.items() if name == "weight"}
    return [sizes[layer] for layer in network.layers if layer in sizes]


def dead_shares(network: Network, x: Real) -> list[float]:
    """For each layer, the share of its units that are 0 for every example."""
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
