"""Mutants of the fusion of batch normalisation."""

import numpy as np

from reference.regularisation.batch_norm_fusion import run
from reference.spec import settings_of


def _or(value, like, number):
    return number + 0 * like if value is None else value


@settings_of(run)
def mean_left_out(weight, bias, gamma, beta, mean, variance, **settings):
    """The running mean is not subtracted from the bias.

    What does the normalisation do to an output that is equal to the mean?
    """
    return run(weight, bias, gamma, beta, 0 * mean, variance, **settings)


@settings_of(run)
def mean_added(weight, bias, gamma, beta, mean, variance, **settings):
    """The running mean is added; it is subtracted.

    What does the normalisation do to an output that is equal to the mean?
    """
    return run(weight, bias, gamma, beta, -mean, variance, **settings)


@settings_of(run)
def beta_left_out(weight, bias, gamma, beta, mean, variance, **settings):
    """beta is missing.

    What is the output for an input that the layer maps to the mean?
    """
    return run(weight, bias, gamma, None, mean, variance, **settings)


@settings_of(run)
def beta_scaled_too(weight, bias, gamma, beta, mean, variance, **settings):
    """beta is multiplied by the factor of the channel; it is added at the end.

    In gamma h + beta, what is multiplied by gamma?
    """
    first = _or(bias, mean, 0) + _or(beta, mean, 0)
    return run(weight, first, gamma, None, mean, variance, **settings)


@settings_of(run)
def gamma_left_out(weight, bias, gamma, beta, mean, variance, **settings):
    """gamma is missing.

    By what is a normalised output multiplied?
    """
    return run(weight, bias, None, beta, mean, variance, **settings)


@settings_of(run)
def old_bias_left_out(weight, bias, gamma, beta, mean, variance, **settings):
    """The bias of the layer is lost.

    What was added to the output before the normalisation?
    """
    return run(weight, None, gamma, beta, mean, variance, **settings)


@settings_of(run)
def old_bias_not_scaled(weight, bias, gamma, beta, mean, variance, **settings):
    """The bias of the layer is not multiplied by the factor of its channel.

    Is it added before the normalisation or after it?
    """
    new, shift = run(weight, None, gamma, beta, mean, variance, **settings)
    return new, shift + _or(bias, mean, 0)


@settings_of(run)
def weight_as_it_was(weight, bias, gamma, beta, mean, variance, **settings):
    """The weight is not changed; only the bias is.

    If an output is divided by 2, what does that do to its weights?
    """
    return 1 * weight, run(weight, bias, gamma, beta, mean, variance, **settings)[1]


@settings_of(run)
def bias_as_it_was(weight, bias, gamma, beta, mean, variance, **settings):
    """The bias is not changed; only the weight is.

    Where do mean and beta go?
    """
    return run(weight, bias, gamma, beta, mean, variance, **settings)[0], _or(bias, mean, 0) + 0


@settings_of(run)
def divided_by_the_variance(weight, bias, gamma, beta, mean, variance, *, epsilon, transpose):
    """The factor has the variance; it has its root, the standard deviation.

    By what is a number divided so that its variance becomes 1?
    """
    squared = (variance + epsilon) ** 2
    return run(weight, bias, gamma, beta, mean, squared, epsilon=0.0, transpose=transpose)


@settings_of(run)
def epsilon_outside_the_root(weight, bias, gamma, beta, mean, variance, *, epsilon, transpose):
    """epsilon is added to the standard deviation; it is added to the variance.

    What stands below the root in the formula?
    """
    squared = (np.sqrt(variance) + epsilon) ** 2
    return run(weight, bias, gamma, beta, mean, squared, epsilon=0.0, transpose=transpose)


@settings_of(run)
def divided_by_gamma(weight, bias, gamma, beta, mean, variance, **settings):
    """gamma divides; it multiplies.

    In gamma h + beta, what does a larger gamma do?
    """
    inverse = None if gamma is None else 1 / np.where(gamma == 0, 1e-12, gamma)
    return run(weight, bias, inverse, beta, mean, variance, **settings)


@settings_of(run)
def along_the_inputs(weight, bias, gamma, beta, mean, variance, *, epsilon, transpose):
    """The weights of each input are scaled; the factors are those of the outputs.

    Along which axis of the weight are the outputs counted?
    """
    factor = _or(gamma, mean, 1) / np.sqrt(variance + epsilon)
    axis = 1 - int(transpose)
    if weight.shape[axis] != len(factor):
        raise ValueError("there are not as many inputs as outputs")
    lengths = [1] * weight.ndim
    lengths[axis] = -1
    new = run(weight, bias, gamma, beta, mean, variance, epsilon=epsilon, transpose=transpose)[1]
    return weight * factor.reshape(lengths), new
