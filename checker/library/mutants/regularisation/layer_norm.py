"""Mutants of layer normalisation."""

import numpy as np

from checker.library.marks import term
from reference.regularisation.layer_norm import backward, normalised_shape


def _last(x, gamma, beta, axes):
    return tuple(range(-len(normalised_shape(x, gamma, beta, axes)), 0))


def _parts(x, last):
    centred = x - x.mean(axis=last, keepdims=True)
    return centred, (centred**2).mean(axis=last, keepdims=True)


def _scaled(normal, gamma, beta):
    scaled = normal if gamma is None else gamma * normal
    return scaled if beta is None else scaled + beta


def over_the_batch(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Mean and variance run over the examples: that is batch normalisation.

    Should the answer for one example depend on the other examples?
    """
    others = tuple(range(x.ndim - len(_last(x, gamma, beta, axes))))
    centred, variance = _parts(x, others)
    return _scaled(centred / np.sqrt(variance + epsilon), gamma, beta)


def over_everything(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """One mean and one variance are taken of the whole batch; each example has its own.

    How many means are there for a batch of 3 examples?
    """
    centred, variance = _parts(x, tuple(range(x.ndim)))
    return _scaled(centred / np.sqrt(variance + epsilon), gamma, beta)


def over_the_last_axis_only(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Mean and variance run over the last axis, also where gamma has several.

    Which axes of x does gamma cover?
    """
    centred, variance = _parts(x, (-1,))
    return _scaled(centred / np.sqrt(variance + epsilon), gamma, beta)


def unbiased_variance(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The variance is divided by n - 1; here it is divided by n.

    Are the numbers of an example a sample of something here, or all there is?
    """
    last = _last(x, gamma, beta, axes)
    centred, variance = _parts(x, last)
    count = np.prod(x.shape[-len(last) :])
    unbiased = variance * count / max(count - 1, 1)
    return _scaled(centred / np.sqrt(unbiased + epsilon), gamma, beta)


def divided_by_the_variance(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The centred values are divided by the variance; its root is meant.

    In metres, what is the unit of a variance? What should be left after dividing?
    """
    centred, variance = _parts(x, _last(x, gamma, beta, axes))
    return _scaled(centred / (variance + epsilon), gamma, beta)


def epsilon_outside_the_root(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Epsilon is added to the root of the variance; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    centred, variance = _parts(x, _last(x, gamma, beta, axes))
    return _scaled(centred / (np.sqrt(variance) + epsilon), gamma, beta)


def not_centred(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The mean is not subtracted from what is divided.

    What should be the mean of each example before gamma and beta come in?
    """
    _, variance = _parts(x, _last(x, gamma, beta, axes))
    return _scaled(x / np.sqrt(variance + epsilon), gamma, beta)


def root_of_the_mean_square(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The mean is not subtracted at all: that is RMS normalisation.

    What happens to your answer if 100 is added to every number of an example?
    """
    square = (x**2).mean(axis=_last(x, gamma, beta, axes), keepdims=True)
    return _scaled(x / np.sqrt(square + epsilon), gamma, beta)


def beta_scaled_too(x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Beta is added before gamma multiplies, and so is scaled by it.

    What is the output meant to be where x is equal to its mean?
    """
    centred, variance = _parts(x, _last(x, gamma, beta, axes))
    return _scaled(_scaled(centred / np.sqrt(variance + epsilon), None, beta), gamma, None)


def _backward(grad, x, gamma, beta, axes, epsilon):
    last = _last(x, gamma, beta, axes)
    centred, variance = _parts(x, last)
    spread = np.sqrt(variance + epsilon)
    parameters = backward(grad, x, gamma, beta, axes=axes, epsilon=epsilon)[1:]
    return last, centred / spread, spread, _scaled(grad, gamma, None), parameters


def mean_and_spread_as_constants(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Mean and spread are treated as constants; both depend on x.

    If one number of an example grows, what happens to the mean of the example?
    """
    _, _, spread, scaled, parameters = _backward(grad, x, gamma, beta, axes, epsilon)
    return scaled / spread, *parameters


def path_through_the_spread_forgotten(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The gradient lacks what flows through the spread.

    If one number moves away from the mean, what happens to the spread?
    """
    last, _, spread, scaled, parameters = _backward(grad, x, gamma, beta, axes, epsilon)
    return (scaled - scaled.mean(axis=last, keepdims=True)) / spread, *parameters


def path_through_the_mean_forgotten(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The gradient lacks what flows through the mean.

    If one number of an example grows, what happens to the mean of the example?
    """
    last, normal, spread, scaled, parameters = _backward(grad, x, gamma, beta, axes, epsilon)
    tilt = (normal * scaled).mean(axis=last, keepdims=True)
    return (scaled - normal * tilt) / spread, *parameters


def gamma_left_out_of_dx(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    plain = backward(grad, x, None, None, axes=len(_last(x, gamma, beta, axes)), epsilon=epsilon)
    parameters = backward(grad, x, gamma, beta, axes=axes, epsilon=epsilon)[1:]
    return plain[0], *parameters


def gamma_after_the_means(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """Gamma multiplies the gradient at the end; the two means have to see it as well.

    In which order did x pass the normalisation and gamma on the way forwards?
    """
    plain, *parameters = gamma_left_out_of_dx(grad, x, gamma, beta, axes=axes, epsilon=epsilon)
    return _scaled(plain, gamma, None), *parameters


def dgamma_with_the_raw_input(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    dx, dgamma, dbeta = backward(grad, x, gamma, beta, axes=axes, epsilon=epsilon)
    return dx, dgamma if gamma is None else _over_examples(grad * x, gamma), dbeta


def parameters_averaged(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """The gradients of gamma and beta are averaged over the examples; they are sums.

    One gamma serves all examples. How do their contributions combine?
    """
    dx, dgamma, dbeta = backward(grad, x, gamma, beta, axes=axes, epsilon=epsilon)
    count = max(np.prod(x.shape[: x.ndim - len(_last(x, gamma, beta, axes))]), 1)
    return (
        dx,
        None if dgamma is None else dgamma / count,
        None if dbeta is None else dbeta / count,
    )


def _over_examples(each, like):
    return each.sum(axis=tuple(range(each.ndim - like.ndim)))


@term
def _through_the_mean(grad, x, gamma, beta, *, axes=1, epsilon=1e-5):
    """mean(g gamma) / sqrt(var + eps)"""
    last, _, spread, scaled, parameters = _backward(grad, x, gamma, beta, axes, epsilon)
    return scaled.mean(axis=last, keepdims=True) / spread + 0 * x, *parameters
