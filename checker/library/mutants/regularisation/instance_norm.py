"""Mutants of instance normalisation."""

import math

import numpy as np

from checker.library.marks import term
from reference.regularisation.batch_norm_train import all_but_channels, along_channels
from reference.regularisation.instance_norm import backward, forward
from reference.spec import settings_of


@settings_of(forward)
def over_the_batch(x, gamma, beta, *, epsilon):
    """Mean and variance run over the examples too: that is batch normalisation.

    Should the answer for one example depend on the other examples?
    """
    return _normalised(x, gamma, beta, all_but_channels(x), epsilon)


@settings_of(forward)
def over_all_channels(x, gamma, beta, *, epsilon):
    """Mean and variance run over all channels of an example: that is layer normalisation.

    How many means has an image with 3 channels?
    """
    return _normalised(x, gamma, beta, tuple(range(1, x.ndim)), epsilon)


@settings_of(forward)
def each_place_by_itself(x, gamma, beta, *, epsilon):
    """Mean and variance run over the channels of a place; they run over the places of a channel.

    How many means has an image with 3 channels?
    """
    return _normalised(x, gamma, beta, (1,), epsilon)


@settings_of(forward)
def along_the_last_axis_only(x, gamma, beta, *, epsilon):
    """Mean and variance run along the last axis only, so each row has its own.

    How many means has an image with 3 channels and 4 rows?
    """
    return _normalised(x, gamma, beta, (-1,), epsilon)


@settings_of(forward)
def unbiased_variance(x, gamma, beta, *, epsilon):
    """The variance is divided by n - 1; here it is divided by n.

    Are the places of an image a sample of something here, or all there is?
    """
    centred, variance = _parts(x)
    count = math.prod(x.shape[2:])
    return _scaled(centred / np.sqrt(variance * count / max(count - 1, 1) + epsilon), gamma, beta)


@settings_of(forward)
def divided_by_the_variance(x, gamma, beta, *, epsilon):
    """The centred values are divided by the variance; its root is meant.

    In metres, what is the unit of a variance? What should be left after dividing?
    """
    centred, variance = _parts(x)
    return _scaled(centred / (variance + epsilon), gamma, beta)


@settings_of(forward)
def epsilon_outside_the_root(x, gamma, beta, *, epsilon):
    """Epsilon is added to the root of the variance; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    centred, variance = _parts(x)
    return _scaled(centred / (np.sqrt(variance) + epsilon), gamma, beta)


@settings_of(forward)
def not_centred(x, gamma, beta, *, epsilon):
    """The mean is not subtracted from what is divided.

    What should be the mean of each channel before gamma and beta come in?
    """
    return _scaled(x / np.sqrt(_parts(x)[1] + epsilon), gamma, beta)


@settings_of(forward)
def beta_scaled_too(x, gamma, beta, *, epsilon):
    """Beta is added before gamma multiplies, and so is scaled by it.

    What is the output meant to be where x is equal to its mean?
    """
    return _scaled(forward(x, None, beta, epsilon=epsilon), gamma, None)


@settings_of(forward)
def mean_and_spread_as_constants(grad, x, gamma, beta, *, epsilon):
    """Mean and spread are treated as constants; both depend on x.

    If one place of a channel gets lighter, what happens to the mean of the channel?
    """
    _, spread, up, parameters = _backward(grad, x, gamma, beta, epsilon)
    return up / spread, *parameters


@settings_of(forward)
def path_through_the_spread_forgotten(grad, x, gamma, beta, *, epsilon):
    """The gradient lacks what flows through the spread.

    If one number moves away from the mean, what happens to the spread?
    """
    _, spread, up, parameters = _backward(grad, x, gamma, beta, epsilon)
    return (up - up.mean(**_places(x))) / spread, *parameters


@settings_of(forward)
def path_through_the_mean_forgotten(grad, x, gamma, beta, *, epsilon):
    """The gradient lacks what flows through the mean.

    If one place of a channel gets lighter, what happens to the mean of the channel?
    """
    normal, spread, up, parameters = _backward(grad, x, gamma, beta, epsilon)
    return (up - normal * (normal * up).mean(**_places(x))) / spread, *parameters


@settings_of(forward)
def gamma_left_out_of_dx(grad, x, gamma, beta, *, epsilon):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    plain = backward(grad, x, None, None, epsilon=epsilon)[0]
    return plain, *backward(grad, x, gamma, beta, epsilon=epsilon)[1:]


@settings_of(forward)
def dgamma_with_the_raw_input(grad, x, gamma, beta, *, epsilon):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    dx, dgamma, dbeta = backward(grad, x, gamma, beta, epsilon=epsilon)
    raw = None if dgamma is None else (grad * x).sum(axis=all_but_channels(x))
    return dx, raw, dbeta


@settings_of(forward)
def parameters_averaged(grad, x, gamma, beta, *, epsilon):
    """The gradients of gamma and beta are averaged over examples and places; they are sums.

    One gamma serves all places of a channel. How do their contributions combine?
    """
    dx, *parameters = backward(grad, x, gamma, beta, epsilon=epsilon)
    count = len(x) * math.prod(x.shape[2:])
    return dx, *(None if each is None else each / max(count, 1) for each in parameters)


def _places(x):
    return {"axis": tuple(range(2, x.ndim)), "keepdims": True}


def _parts(x):
    return x - x.mean(**_places(x)), x.var(**_places(x))


def _normalised(x, gamma, beta, axes, epsilon):
    centred = x - x.mean(axis=axes, keepdims=True)
    return _scaled(centred / np.sqrt(x.var(axis=axes, keepdims=True) + epsilon), gamma, beta)


def _scaled(normal, gamma, beta):
    scaled = normal if gamma is None else along_channels(gamma, normal) * normal
    return scaled if beta is None else scaled + along_channels(beta, normal)


def _backward(grad, x, gamma, beta, epsilon):
    centred, variance = _parts(x)
    spread = np.sqrt(variance + epsilon)
    parameters = backward(grad, x, gamma, beta, epsilon=epsilon)[1:]
    return centred / spread, spread, _scaled(grad, gamma, None), parameters


@term
def _through_the_mean(grad, x, gamma, beta, *, epsilon=1e-5):
    """mean(g gamma) / sqrt(var + eps)"""
    _, spread, up, parameters = _backward(grad, x, gamma, beta, epsilon)
    return up.mean(**_places(x)) / spread + 0 * up, *parameters
