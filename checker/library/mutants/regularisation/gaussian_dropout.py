"""Mutants of Gaussian dropout."""

import math

import numpy as np

from reference.regularisation.gaussian_dropout import backward, forward
from reference.spec import settings_of


@settings_of(forward)
def noise_in_testing_too(x, noise, *, rate, training):
    """The input is multiplied by noise in testing too.

    When the network is used, should the same image get another answer each time?
    """
    return forward(x, noise, rate=rate, training=True)


@settings_of(forward)
def noise_in_testing_only(x, noise, *, rate, training):
    """The input is multiplied by noise in testing and not in training.

    When does noise help the network to learn?
    """
    return forward(x, noise, rate=rate, training=not training)


@settings_of(forward)
def rate_is_the_deviation(x, noise, *, rate, training):
    """The standard deviation is the rate; it is the root of rate / (1 - rate).

    What is the variance of a factor that is 0 or 1 / (1 - rate)?
    """
    return x * (1 + rate * noise) if training else 1 * x


@settings_of(forward)
def rate_is_the_variance(x, noise, *, rate, training):
    """The variance is the rate; it is rate / (1 - rate).

    What is the variance of a factor that is 0 or 1 / (1 - rate)?
    """
    return x * (1 + math.sqrt(rate) * noise) if training else 1 * x


@settings_of(forward)
def variance_for_deviation(x, noise, *, rate, training):
    """The root is missing: rate / (1 - rate) is the variance of the factor.

    By what do you multiply numbers of variance 1 so that they have variance 4?
    """
    return x * (1 + rate / (1 - rate) * noise) if training else 1 * x


@settings_of(forward)
def variance_of_zeros_and_ones(x, noise, *, rate, training):
    """The variance is that of factors 0 and 1; those that are kept are 1 / (1 - rate).

    How large is a factor of inverted dropout that is not 0?
    """
    return x * (1 + math.sqrt(rate * (1 - rate)) * noise) if training else 1 * x


@settings_of(forward)
def kept_and_dropped_exchanged(x, noise, *, rate, training):
    """The variance is (1 - rate) / rate, which is that for the rate of what is kept.

    Without dropout, how large should the noise be?
    """
    if not training:
        return 1 * x
    return x * (1 + math.sqrt((1 - rate) / max(rate, 1e-12)) * noise)


@settings_of(forward)
def noise_around_zero(x, noise, *, rate, training):
    """The factor has mean 0; it has mean 1.

    On average, what should become of the input?
    """
    return x * (math.sqrt(rate / (1 - rate)) * noise) if training else 1 * x


@settings_of(forward)
def noise_added(x, noise, *, rate, training):
    """The noise is added; the input is multiplied by it.

    What should become of an input of 0?
    """
    return x + math.sqrt(rate / (1 - rate)) * noise if training else 1 * x


@settings_of(forward)
def enlarged_as_well(x, noise, *, rate, training):
    """The result is divided by 1 - rate, as if inputs had been dropped; the factor has mean 1.

    What is the mean of 1 + s z?
    """
    return forward(x, noise, rate=rate, training=training) / (1 - rate * training)


@settings_of(forward)
def one_noise_for_all_rows(x, noise, *, rate, training):
    """All examples get the noise of the first one.

    Would the network not learn this noise by heart?
    """
    return forward(x, 0 * x + noise[:1], rate=rate, training=training)


@settings_of(forward)
def straight_through(grad, x, noise, *, rate, training):
    """The gradient passes as if there were no noise; it is multiplied by the same factor.

    If x grows by 1, how much does x (1 + s z) grow?
    """
    return (1 * grad,)


@settings_of(forward)
def noise_only(grad, x, noise, *, rate, training):
    """The gradient is multiplied by s z; the factor is 1 + s z.

    What is the derivative of x (1 + s z)?
    """
    return (math.sqrt(rate / (1 - rate)) * noise * grad if training else 1 * grad,)


@settings_of(forward)
def noise_in_the_gradient_of_testing(grad, x, noise, *, rate, training):
    """The gradient is multiplied by the noise in testing too.

    What is the derivative of y = x?
    """
    return backward(grad, x, noise, rate=rate, training=True)


@settings_of(forward)
def times_the_input(grad, x, noise, *, rate, training):
    """The gradient is multiplied by the input; it is the factor of the input that counts.

    What is the derivative of x f with respect to x?
    """
    return (grad * x,)


@settings_of(forward)
def divided_by_the_factor(grad, x, noise, *, rate, training):
    """The gradient is divided by the factor by which it is to be multiplied.

    If y grows three times as fast as x, is dL/dx smaller or larger than dL/dy?
    """
    return (grad / backward(np.ones_like(grad), x, noise, rate=rate, training=training)[0],)


@settings_of(forward)
def gradient_with_rate_as_the_deviation(grad, x, noise, *, rate, training):
    """In the gradient, the standard deviation is the rate; it is the root of rate / (1 - rate).

    By which factor was the input multiplied?
    """
    return (grad * (1 + rate * noise) if training else 1 * grad,)
