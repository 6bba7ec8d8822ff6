"""Mutants of batch normalisation in training."""

import numpy as np

from reference.regularisation.batch_norm_train import all_but_channels, along_channels


def _parts(x, epsilon):
    axes = all_but_channels(x)
    centred = x - x.mean(axis=axes, keepdims=True)
    return axes, centred, x.var(axis=axes, keepdims=True) + epsilon


def _scaled(normal, gamma, beta):
    return along_channels(gamma, normal) * normal + along_channels(beta, normal)


def each_example_by_itself(x, gamma, beta, *, epsilon=1e-5):
    """Every example is normalised by its own mean and spread: that is layer normalisation.

    Over which axis do the examples of a batch lie?
    """
    axes = tuple(range(1, x.ndim))
    spread = np.sqrt(x.var(axis=axes, keepdims=True) + epsilon)
    return _scaled((x - x.mean(axis=axes, keepdims=True)) / spread, gamma, beta)


def divided_by_the_variance(x, gamma, beta, *, epsilon=1e-5):
    """The centred values are divided by the variance; its root is meant.

    In metres, what is the unit of a variance? What should be left after dividing?
    """
    _, centred, variance = _parts(x, epsilon)
    return _scaled(centred / variance, gamma, beta)


def epsilon_outside_the_root(x, gamma, beta, *, epsilon=1e-5):
    """Epsilon is added to the root of the variance; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    _, centred, variance = _parts(x, 0.0)
    return _scaled(centred / (np.sqrt(variance) + epsilon), gamma, beta)


def one_mean_for_all_channels(x, gamma, beta, *, epsilon=1e-5):
    """One mean and one spread are taken of everything; each channel has its own.

    How many means are there for a batch with 3 features?
    """
    return _scaled((x - x.mean()) / np.sqrt(x.var() + epsilon), gamma, beta)


def each_position_by_itself(x, gamma, beta, *, epsilon=1e-5):
    """Each position of an image has its own mean and spread; those of a channel are meant.

    Over which axes does the mean of a channel run?
    """
    spread = np.sqrt(x.var(axis=0, keepdims=True) + epsilon)
    return _scaled((x - x.mean(axis=0, keepdims=True)) / spread, gamma, beta)


def unbiased_variance(x, gamma, beta, *, epsilon=1e-5):
    """The variance is divided by n - 1; here it is divided by n.

    Is the batch a sample of something here, or all there is?
    """
    axes, centred, _ = _parts(x, epsilon)
    count = max(x.size // x.shape[1], 2)
    variance = (centred**2).sum(axis=axes, keepdims=True) / (count - 1)
    return _scaled(centred / np.sqrt(variance + epsilon), gamma, beta)


def not_centred(x, gamma, beta, *, epsilon=1e-5):
    """The mean is not subtracted.

    What should be the mean of each channel before gamma and beta come in?
    """
    _, _, variance = _parts(x, epsilon)
    return _scaled(x / np.sqrt(variance), gamma, beta)


def not_divided(x, gamma, beta, *, epsilon=1e-5):
    """The values are centred and not divided by their spread.

    What should be the variance of each channel before gamma and beta come in?
    """
    _, centred, _ = _parts(x, epsilon)
    return _scaled(centred, gamma, beta)


def gamma_and_beta_swapped(x, gamma, beta, *, epsilon=1e-5):
    """Gamma is added and beta multiplied: they have changed places.

    Which of the two is the new spread?
    """
    _, centred, variance = _parts(x, epsilon)
    return _scaled(centred / np.sqrt(variance), beta, gamma)


def beta_scaled_too(x, gamma, beta, *, epsilon=1e-5):
    """Beta is added before gamma multiplies, and so is scaled by it.

    What is the mean of the output meant to be?
    """
    _, centred, variance = _parts(x, epsilon)
    normal = centred / np.sqrt(variance)
    return along_channels(gamma, x) * (normal + along_channels(beta, x))


def gamma_and_beta_left_out(x, gamma, beta, *, epsilon=1e-5):
    """Gamma and beta are not used.

    How can the network undo the normalisation where it should?
    """
    _, centred, variance = _parts(x, epsilon)
    return centred / np.sqrt(variance)


def _backward(grad, x, gamma, epsilon):
    axes, centred, variance = _parts(x, epsilon)
    normal = centred / np.sqrt(variance)
    scaled = grad * along_channels(gamma, x)
    sums = (grad * normal).sum(axis=axes), grad.sum(axis=axes)
    return axes, normal, np.sqrt(variance), scaled, sums


def mean_and_spread_as_constants(grad, x, gamma, beta, *, epsilon=1e-5):
    """Mean and spread are treated as constants; both depend on x.

    If one example grows, what happens to the mean of the batch?
    """
    _, _, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    return scaled / spread, *sums


def path_through_the_spread_forgotten(grad, x, gamma, beta, *, epsilon=1e-5):
    """The gradient lacks what flows through the spread.

    If one example moves away from the mean, what happens to the spread?
    """
    axes, _, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    return (scaled - scaled.mean(axis=axes, keepdims=True)) / spread, *sums


def path_through_the_mean_forgotten(grad, x, gamma, beta, *, epsilon=1e-5):
    """The gradient lacks what flows through the mean.

    If one example grows, what happens to the mean of the batch?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    tilt = (normal * scaled).mean(axis=axes, keepdims=True)
    return (scaled - normal * tilt) / spread, *sums


def sums_instead_of_means(grad, x, gamma, beta, *, epsilon=1e-5):
    """Inside the gradient of x sums are taken where means belong.

    What is the derivative of a mean of n numbers by one of them?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.sum(axis=axes, keepdims=True)
    tilt = (normal * scaled).sum(axis=axes, keepdims=True)
    return (scaled - level - normal * tilt) / spread, *sums


def divided_by_the_examples_only(grad, x, gamma, beta, *, epsilon=1e-5):
    """The means inside the gradient of x are divided by the number of examples only.

    How many numbers of an image share the mean of their channel?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.sum(axis=axes, keepdims=True) / len(x)
    tilt = (normal * scaled).sum(axis=axes, keepdims=True) / len(x)
    return (scaled - level - normal * tilt) / spread, *sums


def gradient_divided_by_the_variance(grad, x, gamma, beta, *, epsilon=1e-5):
    """The gradient of x is divided by the variance instead of the spread.

    What was x divided by on the way forwards?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.mean(axis=axes, keepdims=True)
    tilt = (normal * scaled).mean(axis=axes, keepdims=True)
    return (scaled - level - normal * tilt) / spread**2, *sums


def gamma_left_out_of_dx(grad, x, gamma, beta, *, epsilon=1e-5):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    axes, normal, spread, _, sums = _backward(grad, x, gamma, epsilon)
    level = grad.mean(axis=axes, keepdims=True)
    tilt = (normal * grad).mean(axis=axes, keepdims=True)
    return (grad - level - normal * tilt) / spread, *sums


def dgamma_with_the_raw_input(grad, x, gamma, beta, *, epsilon=1e-5):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.mean(axis=axes, keepdims=True)
    tilt = (normal * scaled).mean(axis=axes, keepdims=True)
    dx = (scaled - level - normal * tilt) / spread
    return dx, (grad * x).sum(axis=axes), sums[1]


def parameters_averaged(grad, x, gamma, beta, *, epsilon=1e-5):
    """The gradients of gamma and beta are averaged over the batch; they are sums.

    One gamma serves all examples. How do their contributions combine?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.mean(axis=axes, keepdims=True)
    tilt = (normal * scaled).mean(axis=axes, keepdims=True)
    count = x.size // x.shape[1]
    return (scaled - level - normal * tilt) / spread, sums[0] / count, sums[1] / count


def tilt_twice(grad, x, gamma, beta, *, epsilon=1e-5):
    """What flows through the spread counts twice: a factor 1/2 is missing in its derivative.

    What is the derivative of a root?
    """
    axes, normal, spread, scaled, sums = _backward(grad, x, gamma, epsilon)
    level = scaled.mean(axis=axes, keepdims=True)
    tilt = 2 * (normal * scaled).mean(axis=axes, keepdims=True)
    return (scaled - level - normal * tilt) / spread, *sums
