"""Mutants of RMS normalisation."""

import numpy as np

from checker.library.marks import term
from reference.regularisation.layer_norm import normalised_shape
from reference.regularisation.rms_norm import backward, forward
from reference.spec import settings_of


@settings_of(forward)
def centred_too(x, gamma, *, axes, epsilon):
    """The mean is subtracted as well: that is layer normalisation.

    What should happen to an example of equal numbers?
    """
    last = _last(x, gamma, axes)
    return forward(x - x.mean(axis=last, keepdims=True), gamma, axes=axes, epsilon=epsilon)


@settings_of(forward)
def divided_by_the_spread(x, gamma, *, axes, epsilon):
    """The example is divided by its standard deviation, which measures from the mean.

    What is the root mean square of 3, 3, 3?
    """
    spread = np.sqrt(x.var(axis=_last(x, gamma, axes), keepdims=True) + epsilon)
    return _scaled(x / spread, gamma)


@settings_of(forward)
def divided_by_the_length(x, gamma, *, axes, epsilon):
    """The example is divided by its length: the squares are summed and not averaged.

    Which size has an example of 100 ones after the division?
    """
    length = np.sqrt((x**2).sum(axis=_last(x, gamma, axes), keepdims=True) + epsilon)
    return _scaled(x / length, gamma)


@settings_of(forward)
def root_forgotten(x, gamma, *, axes, epsilon):
    """The example is divided by the mean square; its root is meant.

    In metres, what is the unit of a mean square? What should be left after dividing?
    """
    return _scaled(x / (_square(x, gamma, axes) + epsilon), gamma)


@settings_of(forward)
def mean_absolute_value(x, gamma, *, axes, epsilon):
    """The example is divided by the mean of its absolute values.

    What is the root mean square of 1 and 7?
    """
    size = np.abs(x).mean(axis=_last(x, gamma, axes), keepdims=True)
    return _scaled(x / np.sqrt(size**2 + epsilon), gamma)


@settings_of(forward)
def epsilon_outside_the_root(x, gamma, *, axes, epsilon):
    """Epsilon is added to the root of the mean square; it belongs under the root.

    Where does the formula of the text have its bracket?
    """
    return _scaled(x / (np.sqrt(_square(x, gamma, axes)) + epsilon), gamma)


@settings_of(forward)
def over_the_batch(x, gamma, *, axes, epsilon):
    """The squares are averaged over the examples; each example has its own size.

    Should the answer for one example depend on the other examples?
    """
    others = tuple(range(x.ndim - len(_last(x, gamma, axes))))
    return _scaled(x / np.sqrt((x**2).mean(axis=others, keepdims=True) + epsilon), gamma)


@settings_of(forward)
def over_everything(x, gamma, *, axes, epsilon):
    """One size is taken of the whole batch; each example has its own.

    How many sizes are there for a batch of 3 examples?
    """
    return _scaled(x / np.sqrt((x**2).mean() + epsilon), gamma)


@settings_of(forward)
def over_the_last_axis_only(x, gamma, *, axes, epsilon):
    """The squares are averaged along the last axis, also where gamma has several.

    Which axes of x does gamma cover?
    """
    return _scaled(x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + epsilon), gamma)


@settings_of(forward)
def one_plus_gamma(x, gamma, *, axes, epsilon):
    """The normalised example is multiplied by 1 + gamma; here it is by gamma.

    Which output does a gamma of zeros give?
    """
    return _scaled(forward(x, None, axes=len(_last(x, gamma, axes)), epsilon=epsilon), gamma, 1)


@settings_of(forward)
def size_as_a_constant(grad, x, gamma, *, axes, epsilon):
    """The size is treated as a constant; it depends on x.

    If one number of an example grows, what happens to the size of the example?
    """
    _, size, up, dgamma = _backward(grad, x, gamma, axes, epsilon)
    return up / size, dgamma


@settings_of(forward)
def also_through_a_mean(grad, x, gamma, *, axes, epsilon):
    """The mean of the gradient is subtracted: that belongs to layer normalisation.

    Does the output change if a number is added to the whole example?
    """
    normal, size, up, dgamma = _backward(grad, x, gamma, axes, epsilon)
    keep = {"axis": _last(x, gamma, axes), "keepdims": True}
    return (up - up.mean(**keep) - normal * (up * normal).mean(**keep)) / size, dgamma


@settings_of(forward)
def tilt_summed(grad, x, gamma, *, axes, epsilon):
    """The products of the gradient and h are summed; they are averaged.

    Which factor stands before the sum of squares in the root mean square?
    """
    normal, size, up, dgamma = _backward(grad, x, gamma, axes, epsilon)
    tilt = (up * normal).sum(axis=_last(x, gamma, axes), keepdims=True)
    return (up - normal * tilt) / size, dgamma


@settings_of(forward)
def tilt_with_the_raw_input(grad, x, gamma, *, axes, epsilon):
    """The second part of the gradient uses x instead of the normalised x.

    What is the derivative of 1 / rms by x? How often does rms divide there?
    """
    _, size, up, dgamma = _backward(grad, x, gamma, axes, epsilon)
    tilt = (up * x).mean(axis=_last(x, gamma, axes), keepdims=True)
    return (up - x * tilt) / size, dgamma


@settings_of(forward)
def gamma_left_out_of_dx(grad, x, gamma, *, axes, epsilon):
    """Gamma is missing in the gradient of x.

    What was the normalised value multiplied by?
    """
    count = len(_last(x, gamma, axes))
    plain = backward(grad, x, None, axes=count, epsilon=epsilon)[0]
    return plain, backward(grad, x, gamma, axes=axes, epsilon=epsilon)[1]


@settings_of(forward)
def gamma_after_the_mean(grad, x, gamma, *, axes, epsilon):
    """Gamma multiplies the gradient at the end; the mean has to see it as well.

    In which order did x pass the normalisation and gamma on the way forwards?
    """
    plain, dgamma = gamma_left_out_of_dx(grad, x, gamma, axes=axes, epsilon=epsilon)
    return _scaled(plain, gamma), dgamma


@settings_of(forward)
def dgamma_with_the_raw_input(grad, x, gamma, *, axes, epsilon):
    """The gradient of gamma uses x instead of the normalised x.

    What does gamma multiply?
    """
    dx, dgamma = backward(grad, x, gamma, axes=axes, epsilon=epsilon)
    return dx, None if dgamma is None else _over_examples(grad * x, dgamma)


@settings_of(forward)
def dgamma_averaged(grad, x, gamma, *, axes, epsilon):
    """The gradient of gamma is averaged over the examples; it is a sum.

    One gamma serves all examples. How do their contributions combine?
    """
    dx, dgamma = backward(grad, x, gamma, axes=axes, epsilon=epsilon)
    count = np.prod(x.shape[: x.ndim - len(_last(x, gamma, axes))])
    return dx, None if dgamma is None else dgamma / max(count, 1)


def _last(x, gamma, axes):
    return tuple(range(-len(normalised_shape(x, gamma, None, axes)), 0))


def _square(x, gamma, axes):
    return (x**2).mean(axis=_last(x, gamma, axes), keepdims=True)


def _scaled(normal, gamma, more=0):
    return normal if gamma is None else normal * (gamma + more)


def _over_examples(each, like):
    return each.sum(axis=tuple(range(each.ndim - like.ndim)))


def _backward(grad, x, gamma, axes, epsilon):
    size = np.sqrt(_square(x, gamma, axes) + epsilon)
    dgamma = backward(grad, x, gamma, axes=axes, epsilon=epsilon)[1]
    return x / size, size, _scaled(grad, gamma), dgamma


@term
def _through_the_size(grad, x, gamma, *, axes=1, epsilon=1e-6):
    """h mean(h g gamma) / rms"""
    normal, size, up, dgamma = _backward(grad, x, gamma, axes, epsilon)
    tilt = (up * normal).mean(axis=_last(x, gamma, axes), keepdims=True)
    return normal * tilt / size, dgamma
