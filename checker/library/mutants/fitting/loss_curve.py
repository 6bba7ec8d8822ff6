"""Known-wrong ways to train a network and to write down its losses."""

import numpy as np

from reference.fitting import _network
from reference.fitting.loss_curve import BATCH, EPOCHS, RATE, UNITS


def rate_too_small(x, y, *, seed):
    """The learning rate is so small that the loss hardly falls.

    How far does a weight get in all steps together?
    """
    trained = _trained(x, y, seed, rate=RATE / 1000)
    return _curve(x, y, trained), *trained[-1]


def rate_too_large(x, y, *, seed):
    """The learning rate is so large that each step jumps over the minimum.

    What does the loss do in the first ten steps, with a rate ten times smaller?
    """
    trained = _trained(x, y, seed, rate=100 * RATE)
    return _curve(x, y, trained), *trained[-1]


def starts_at_zero(x, y, *, seed):
    """All weights start at zero, so that all hidden units stay the same.

    What tells two units apart, if they have the same weights and the same gradient?
    """
    trained = _trained(x, y, seed, size=0.0)
    return _curve(x, y, trained), *trained[-1]


def first_layer_fixed_at_zero(x, y, *, seed):
    """The first layer is never changed and starts at zero: no unit sees the input.

    Which weights get a gradient of zero?
    """
    rng = np.random.default_rng(seed)
    first, *others = _network.start(rng, 1, UNITS, 1)
    trained = [[0 * first, *others]]
    for step in range(EPOCHS):
        grads = _network.gradient(x, y, trained[-1], _network.squared_error)
        moved = [w - RATE / (1 + step) * g for w, g in zip(trained[-1], grads, strict=True)]
        trained.append([0 * first, trained[-1][1], *moved[2:]])
    return _curve(x, y, trained), *trained[-1]


def uphill(x, y, *, seed):
    """The gradient is added instead of subtracted, so the loss rises.

    Which way does the gradient point?
    """
    trained = _trained(x, y, seed, rate=-RATE / 10)
    return _curve(x, y, trained), *trained[-1]


def weights_of_the_start(x, y, *, seed):
    """The weights from before the training are returned.

    Does your step change the arrays that you return, or new ones?
    """
    trained = _trained(x, y, seed)
    return _curve(x, y, trained), *trained[0]


def losses_of_the_last_batch(x, y, *, seed):
    """Each loss is that of the last batch, not of all points.

    On how many points is the loss of an epoch a mean?
    """
    trained, part = _trained(x, y, seed), slice(len(x) - BATCH, None)
    return _curve(x[part], y[part], trained), *trained[-1]


def losses_before_the_steps(x, y, *, seed):
    """Each loss is taken before the steps of its epoch, so that of the last epoch is missing.

    Which weights does the last loss belong to?
    """
    trained = _trained(x, y, seed)
    return _curve(x, y, trained)[:-1], *trained[-1]


def summed_over_the_points(x, y, *, seed):
    """The losses are sums over the points, not means.

    How does your loss change if each point comes twice?
    """
    trained = _trained(x, y, seed)
    return len(x) * _curve(x, y, trained), *trained[-1]


def last_epochs_only(x, y, *, seed):
    """Only the first and the last loss are returned: there is no curve.

    Is the list of the losses made before the loop, or in it?
    """
    trained = _trained(x, y, seed)
    return _curve(x, y, trained)[[0, -1]], *trained[-1]


def first_loss_missing(x, y, *, seed):
    """The curve begins when the network has learned already.

    What is the first entry of your list?
    """
    trained = _trained(x, y, seed)
    losses = _curve(x, y, trained)
    return losses[EPOCHS // 2 :], *trained[-1]


def _trained(x, y, seed, *, rate=RATE, size=4.0):
    """The weights before the training and after each epoch."""
    rng = np.random.default_rng(seed)
    first, b1, w2, b2 = _network.start(rng, 1, UNITS, 1)
    weights = [size * first, b1, w2 if size else 0 * w2, b2]
    error = _network.squared_error
    steps = _network.epochs(rng, x, y, weights, error, rate=rate, batch=BATCH, count=EPOCHS)
    return [weights, *steps]


def _curve(x, y, trained):
    return np.array([_network.squared(x, y, weights) for weights in trained])
