"""Mutants of the Huber loss."""

import numpy as np

from checker.library.marks import convention
from reference.losses.huber import backward, forward


def _mean(costs, weight):
    return (costs if weight is None else weight * costs).mean()


def half_forgotten(prediction, target, weight=None, *, delta=1.0):
    """The 1/2 before the square is missing, so the two pieces do not meet at delta.

    Put in an error of exactly delta: do both of your formulas give the same?
    """
    size = np.abs(prediction - target)
    return _mean(np.where(size <= delta, size**2, delta * (size - delta / 2)), weight)


def line_through_the_origin(prediction, target, weight=None, *, delta=1.0):
    """The line delta |d| is not lowered by delta^2 / 2, so the loss jumps at delta.

    Put in an error of exactly delta: do both of your formulas give the same?
    """
    size = np.abs(prediction - target)
    return _mean(np.where(size <= delta, size**2 / 2, delta * size), weight)


def line_too_low(prediction, target, weight=None, *, delta=1.0):
    """The line is delta (|d| - delta), which is 0 where the parabola has reached delta^2 / 2.

    What does an error of exactly delta cost on either side?
    """
    size = np.abs(prediction - target)
    return _mean(np.where(size <= delta, size**2 / 2, delta * (size - delta)), weight)


def slope_of_one(prediction, target, weight=None, *, delta=1.0):
    """The line has the slope 1, whatever delta is; the parabola arrives with the slope delta.

    How steep is d^2 / 2 at d = delta?
    """
    size = np.abs(prediction - target)
    return _mean(np.where(size <= delta, size**2 / 2, size - delta / 2), weight)


def negative_errors_squared(prediction, target, weight=None, *, delta=1.0):
    """The error is compared with delta without its sign removed, so -100 counts as small.

    On which side of delta is an error of -100?
    """
    error = prediction - target
    return _mean(np.where(error <= delta, error**2 / 2, delta * (error - delta / 2)), weight)


def pieces_exchanged(prediction, target, weight=None, *, delta=1.0):
    """The parabola is used for large errors and the line for small ones.

    Which errors are the outliers that should cost less?
    """
    size = np.abs(prediction - target)
    return _mean(np.where(size > delta, size**2 / 2, delta * (size - delta / 2)), weight)


def never_linear(prediction, target, weight=None, *, delta=1.0):
    """This is half the squared error; large errors are squared too.

    What is delta there for?
    """
    return _mean((prediction - target) ** 2 / 2, weight)


def weight_ignored(prediction, target, weight=None, *, delta=1.0):
    """The weights have no influence.

    Where does `weight` appear in your code?
    """
    return forward(prediction, target, delta=delta)


@convention
def divided_by_the_weights(prediction, target, weight=None, *, delta=1.0):
    """The sum is divided by the sum of the weights; here it is divided by the number of entries.

    If all weights are doubled, should this loss stay the same?
    """
    if weight is None:
        return forward(prediction, target, delta=delta)
    return forward(prediction, target, weight, delta=delta) / weight.mean()


@convention
def summed(prediction, target, weight=None, *, delta=1.0):
    """The costs are summed; here their mean is asked for.

    Write every entry down twice. Should the loss double?
    """
    return forward(prediction, target, weight, delta=delta, reduction="sum")


@convention
def divided_by_delta(prediction, target, weight=None, *, delta=1.0):
    """This is the smooth L1 loss, which is the Huber loss divided by delta.

    How steep is your loss for large errors, 1 or delta?
    """
    return forward(prediction, target, weight, delta=delta) / delta


def never_clipped(grad, prediction, target, weight=None, *, delta=1.0):
    """The gradient grows with the error without a limit, as for the squared error.

    What is the slope of the straight piece?
    """
    error = (prediction - target) / prediction.size
    return (grad * error if weight is None else grad * weight * error,)


def clipped_on_one_side(grad, prediction, target, weight=None, *, delta=1.0):
    """Errors above delta are clipped, errors below -delta are not.

    What happens to an error of -100?
    """
    slope = np.minimum(prediction - target, delta) / prediction.size
    return (grad * slope if weight is None else grad * weight * slope,)


def clipped_at_one(grad, prediction, target, weight=None, *, delta=1.0):
    """The gradient is clipped at 1, whatever delta is.

    How steep is the loss where its straight piece begins?
    """
    slope = np.clip(prediction - target, -1, 1) / prediction.size
    return (grad * slope if weight is None else grad * weight * slope,)


def outliers_left_out(grad, prediction, target, weight=None, *, delta=1.0):
    """Errors above delta get no gradient at all.

    Does a larger error cost the same, or more?
    """
    (right,) = backward(grad, prediction, target, weight, delta=delta)
    return (right * (np.abs(prediction - target) <= delta),)


def sign_flipped(grad, prediction, target, weight=None, *, delta=1.0):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target, weight, delta=delta)[0],)


def weight_ignored_in_the_gradient(grad, prediction, target, weight=None, *, delta=1.0):
    """The weights have no influence on the gradient.

    If an entry has the weight 0, what should its gradient be?
    """
    return backward(grad, prediction, target, None, delta=delta)
