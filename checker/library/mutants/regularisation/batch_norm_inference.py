"""Mutants of batch normalisation in use."""

import numpy as np

from reference.regularisation.batch_norm_train import all_but_channels, along_channels


def _scaled(normal, gamma, beta):
    return along_channels(gamma, normal) * normal + along_channels(beta, normal)


def statistics_of_the_batch(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """The batch is normalised by its own mean and variance; those of the training are given.

    What would the answer to a single example be?
    """
    axes = all_but_channels(x)
    spread = np.sqrt(x.var(axis=axes, keepdims=True) + epsilon)
    return _scaled((x - x.mean(axis=axes, keepdims=True)) / spread, gamma, beta)


def divided_by_the_variance(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """The centred values are divided by the variance; its root is meant.

    In metres, what is the unit of a variance?
    """
    normal = (x - along_channels(mean, x)) / (along_channels(variance, x) + epsilon)
    return _scaled(normal, gamma, beta)


def epsilon_outside_the_root(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """Epsilon is added to the root of the variance; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    normal = (x - along_channels(mean, x)) / (np.sqrt(along_channels(variance, x)) + epsilon)
    return _scaled(normal, gamma, beta)


def epsilon_forgotten(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """Epsilon is not used: a channel that never varied is divided by 0.

    What is it there for?
    """
    with np.errstate(all="ignore"):
        normal = (x - along_channels(mean, x)) / np.sqrt(along_channels(variance, x))
        return _scaled(normal, gamma, beta)


def not_centred(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """The mean is not subtracted.

    What should come out for an example that is exactly the mean?
    """
    return _scaled(x / np.sqrt(along_channels(variance, x) + epsilon), gamma, beta)


def gamma_and_beta_swapped(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """Gamma is added and beta multiplied: they have changed places.

    Which of the two is the new spread?
    """
    normal = (x - along_channels(mean, x)) / np.sqrt(along_channels(variance, x) + epsilon)
    return _scaled(normal, beta, gamma)


def beta_scaled_too(x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """Beta is added before gamma multiplies, and so is scaled by it.

    What should come out for an example that is exactly the mean?
    """
    normal = (x - along_channels(mean, x)) / np.sqrt(along_channels(variance, x) + epsilon)
    return along_channels(gamma, x) * (normal + along_channels(beta, x))


def gradient_as_in_training(grad, x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """The gradient of x has the terms that flow through mean and variance; here both are given.

    If x changes, do the given statistics?
    """
    axes = all_but_channels(x)
    spread = np.sqrt(along_channels(variance, x) + epsilon)
    normal = (x - along_channels(mean, x)) / spread
    scaled = grad * along_channels(gamma, x)
    level = scaled.mean(axis=axes, keepdims=True)
    tilt = (normal * scaled).mean(axis=axes, keepdims=True)
    dx = (scaled - level - normal * tilt) / spread
    return dx, (grad * normal).sum(axis=axes), grad.sum(axis=axes)


def gamma_left_out_of_dx(grad, x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    axes = all_but_channels(x)
    spread = np.sqrt(along_channels(variance, x) + epsilon)
    normal = (x - along_channels(mean, x)) / spread
    return grad / spread, (grad * normal).sum(axis=axes), grad.sum(axis=axes)


def dgamma_with_the_raw_input(grad, x, gamma, beta, mean, variance, *, epsilon=1e-5):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    axes = all_but_channels(x)
    spread = np.sqrt(along_channels(variance, x) + epsilon)
    return grad * along_channels(gamma, x) / spread, (grad * x).sum(axis=axes), grad.sum(axis=axes)
