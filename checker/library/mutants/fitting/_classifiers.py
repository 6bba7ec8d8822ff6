"""A classifier with one hidden layer, with one thing wrong."""

import numpy as np

from reference.fitting import _network


def standardised(x, new):
    """Both, as the examples `x` ask for it."""
    spread = np.where(x.std(axis=0) > 0, x.std(axis=0), 1)
    return (x - x.mean(axis=0)) / spread, (new - x.mean(axis=0)) / spread


def trained(x, labels, seed, *, units=24, rate=0.05, epochs=60, size=3.0):
    """The weights of a network that has learned these examples."""
    rng = np.random.default_rng(seed)
    weights = _network.start(rng, x.shape[1], units, labels.max() + 1)
    weights = [size * weights[0], weights[1], weights[2] if size else 0 * weights[2], weights[3]]
    error = _network.classified
    steps = _network.epochs(rng, x, labels, weights, error, rate=rate, batch=20, count=epochs)
    return [weights, *steps][-1]


def straight(x, labels, new, seed):
    """The scores of new examples by a network without a hidden layer."""
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 0.1, (x.shape[1], labels.max() + 1))
    for _ in range(300):
        weights = weights - 0.5 * x.T @ _network.classified(x @ weights, labels)
    return new @ weights
