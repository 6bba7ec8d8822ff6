"""Mutants of group normalisation."""

import math

import numpy as np

from checker.library.marks import term
from reference.regularisation.batch_norm_train import all_but_channels, along_channels
from reference.regularisation.group_norm import backward, forward, in_rows
from reference.spec import settings_of

# With another number of groups most numbers of channels cannot be divided.
NOT_APPLICABLE = ("groups_ignored",)


@settings_of(forward)
def over_the_batch(x, gamma, beta, *, groups, epsilon):
    """Mean and variance run over the examples and places: that is batch normalisation.

    Should the answer for one example depend on the other examples?
    """
    return _normalised(x, gamma, beta, all_but_channels(x), epsilon)


@settings_of(forward)
def all_channels_in_one_group(x, gamma, beta, *, groups, epsilon):
    """Mean and variance run over all channels of an example: that is layer normalisation.

    How many means has an example with 6 channels in 2 groups?
    """
    return forward(x, gamma, beta, groups=1, epsilon=epsilon)


@settings_of(forward)
def each_channel_a_group(x, gamma, beta, *, groups, epsilon):
    """Each channel has its own mean and variance: that is instance normalisation.

    How many means has an example with 6 channels in 2 groups?
    """
    return forward(x, gamma, beta, groups=x.shape[1], epsilon=epsilon)


@settings_of(forward)
def each_place_by_itself(x, gamma, beta, *, groups, epsilon):
    """Each place of the image has its own mean and variance; those of a group run over all places.

    How many means has an example with one group and 4 places?
    """
    split = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    normal = _standardised(split, (2,), epsilon)
    return _scaled(normal.reshape(x.shape), gamma, beta)


@settings_of(forward)
def every_second_channel(x, gamma, beta, *, groups, epsilon):
    """A group has every so-many-th channel; here its channels are neighbours.

    Which channels are in the first of 2 groups of 6 channels?
    """
    split = x.reshape(len(x), x.shape[1] // groups, groups, *x.shape[2:])
    normal = _standardised(split, (1, *range(3, split.ndim)), epsilon)
    return _scaled(normal.reshape(x.shape), gamma, beta)


@settings_of(forward)
def groups_as_channels_of_a_group(x, gamma, beta, *, groups, epsilon):
    """The number of groups is taken for the number of channels in each of them.

    How many channels are in each of 2 groups of 6 channels?
    """
    return forward(x, gamma, beta, groups=x.shape[1] // groups, epsilon=epsilon)


@settings_of(forward)
def unbiased_variance(x, gamma, beta, *, groups, epsilon):
    """The variance is divided by n - 1; here it is divided by n.

    Are the numbers of a group a sample of something here, or all there is?
    """
    rows = in_rows(x, groups)
    centred = rows - rows.mean(axis=1, keepdims=True)
    variance = (centred**2).sum(axis=1, keepdims=True) / max(rows.shape[1] - 1, 1)
    return _scaled((centred / np.sqrt(variance + epsilon)).reshape(x.shape), gamma, beta)


@settings_of(forward)
def divided_by_the_variance(x, gamma, beta, *, groups, epsilon):
    """The centred values are divided by the variance; its root is meant.

    In metres, what is the unit of a variance? What should be left after dividing?
    """
    rows = in_rows(x, groups)
    centred = rows - rows.mean(axis=1, keepdims=True)
    normal = centred / (rows.var(axis=1, keepdims=True) + epsilon)
    return _scaled(normal.reshape(x.shape), gamma, beta)


@settings_of(forward)
def epsilon_outside_the_root(x, gamma, beta, *, groups, epsilon):
    """Epsilon is added to the root of the variance; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    rows = in_rows(x, groups)
    centred = rows - rows.mean(axis=1, keepdims=True)
    normal = centred / (rows.std(axis=1, keepdims=True) + epsilon)
    return _scaled(normal.reshape(x.shape), gamma, beta)


@settings_of(forward)
def not_centred(x, gamma, beta, *, groups, epsilon):
    """The mean is not subtracted from what is divided.

    What should be the mean of each group before gamma and beta come in?
    """
    rows = in_rows(x, groups)
    normal = rows / np.sqrt(rows.var(axis=1, keepdims=True) + epsilon)
    return _scaled(normal.reshape(x.shape), gamma, beta)


@settings_of(forward)
def beta_scaled_too(x, gamma, beta, *, groups, epsilon):
    """Beta is added before gamma multiplies, and so is scaled by it.

    What is the output meant to be where x is equal to its mean?
    """
    shifted = forward(x, None, beta, groups=groups, epsilon=epsilon)
    return _scaled(shifted, gamma, None)


@settings_of(forward)
def mean_and_spread_as_constants(grad, x, gamma, beta, *, groups, epsilon):
    """Mean and spread are treated as constants; both depend on x.

    If one number of a group grows, what happens to the mean of the group?
    """
    _, spread, up, parameters = _backward(grad, x, gamma, beta, groups, epsilon)
    return (up / spread).reshape(x.shape), *parameters


@settings_of(forward)
def path_through_the_spread_forgotten(grad, x, gamma, beta, *, groups, epsilon):
    """The gradient lacks what flows through the spread.

    If one number moves away from the mean, what happens to the spread?
    """
    _, spread, up, parameters = _backward(grad, x, gamma, beta, groups, epsilon)
    return ((up - up.mean(axis=1, keepdims=True)) / spread).reshape(x.shape), *parameters


@settings_of(forward)
def path_through_the_mean_forgotten(grad, x, gamma, beta, *, groups, epsilon):
    """The gradient lacks what flows through the mean.

    If one number of a group grows, what happens to the mean of the group?
    """
    normal, spread, up, parameters = _backward(grad, x, gamma, beta, groups, epsilon)
    tilt = (normal * up).mean(axis=1, keepdims=True)
    return ((up - normal * tilt) / spread).reshape(x.shape), *parameters


@settings_of(forward)
def gamma_left_out_of_dx(grad, x, gamma, beta, *, groups, epsilon):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    plain = backward(grad, x, None, None, groups=groups, epsilon=epsilon)[0]
    return plain, *backward(grad, x, gamma, beta, groups=groups, epsilon=epsilon)[1:]


@settings_of(forward)
def gamma_after_the_means(grad, x, gamma, beta, *, groups, epsilon):
    """Gamma multiplies the gradient at the end; the two means have to see it as well.

    In which order did x pass the normalisation and gamma on the way forwards?
    """
    plain = backward(grad, x, None, None, groups=groups, epsilon=epsilon)[0]
    parameters = backward(grad, x, gamma, beta, groups=groups, epsilon=epsilon)[1:]
    return _scaled(plain, gamma, None), *parameters


@settings_of(forward)
def dgamma_with_the_raw_input(grad, x, gamma, beta, *, groups, epsilon):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    dx, dgamma, dbeta = backward(grad, x, gamma, beta, groups=groups, epsilon=epsilon)
    raw = None if dgamma is None else (grad * x).sum(axis=all_but_channels(x))
    return dx, raw, dbeta


@settings_of(forward)
def parameters_averaged(grad, x, gamma, beta, *, groups, epsilon):
    """The gradients of gamma and beta are averaged over examples and places; they are sums.

    One gamma serves all places of a channel. How do their contributions combine?
    """
    dx, *parameters = backward(grad, x, gamma, beta, groups=groups, epsilon=epsilon)
    count = len(x) * math.prod(x.shape[2:])
    return dx, *(None if each is None else each / max(count, 1) for each in parameters)


def _standardised(values, axes, epsilon):
    centred = values - values.mean(axis=axes, keepdims=True)
    return centred / np.sqrt(values.var(axis=axes, keepdims=True) + epsilon)


def _normalised(x, gamma, beta, axes, epsilon):
    return _scaled(_standardised(x, axes, epsilon), gamma, beta)


def _scaled(normal, gamma, beta):
    scaled = normal if gamma is None else along_channels(gamma, normal) * normal
    return scaled if beta is None else scaled + along_channels(beta, normal)


def _backward(grad, x, gamma, beta, groups, epsilon):
    rows = in_rows(x, groups)
    spread = np.sqrt(rows.var(axis=1, keepdims=True) + epsilon)
    up = _scaled(grad, gamma, None).reshape(rows.shape)
    parameters = backward(grad, x, gamma, beta, groups=groups, epsilon=epsilon)[1:]
    return (rows - rows.mean(axis=1, keepdims=True)) / spread, spread, up, parameters


@term
def _through_the_mean(grad, x, gamma, beta, *, groups, epsilon=1e-5):
    """mean(g gamma) / sqrt(var + eps)"""
    _, spread, up, parameters = _backward(grad, x, gamma, beta, groups, epsilon)
    mean = up.mean(axis=1, keepdims=True) / spread + 0 * up
    return mean.reshape(x.shape), *parameters
