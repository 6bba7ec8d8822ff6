"""Mutants of the smooth L1 loss."""

import numpy as np

from checker.library.marks import convention
from reference.losses import huber
from reference.losses.smooth_l1 import backward, forward


def _pieces(prediction, target, beta, parabola, line):
    """The mean of the parabola of the size below beta, and of the line elsewhere."""
    size = np.abs(prediction - target)
    return np.where(size < beta, parabola(size), line(size)).mean()


def parabola_not_divided(prediction, target, *, beta=1.0):
    """The parabola is d^2 / 2; divided by beta it meets the line.

    Put in an error of exactly beta: do both of your formulas give the same?
    """
    return _pieces(prediction, target, beta, lambda d: d**2 / 2, lambda d: d - beta / 2)


def half_forgotten(prediction, target, *, beta=1.0):
    """The parabola is d^2 / beta: the 1/2 is missing.

    How steep is your parabola at beta, and how steep is the line?
    """
    floor = beta or 1.0
    return _pieces(prediction, target, beta, lambda d: d**2 / floor, lambda d: d - beta / 2)


def line_not_lowered(prediction, target, *, beta=1.0):
    """The line is |d|, not |d| - beta / 2, so the loss jumps at beta.

    Put in an error of exactly beta: do both of your formulas give the same?
    """
    floor = beta or 1.0
    return _pieces(prediction, target, beta, lambda d: d**2 / 2 / floor, lambda d: d)


def fixed_transition(prediction, target, *, beta=1.0):
    """The parabola always ends at 1, whatever beta is.

    Where does the caller want the parabola to end?
    """
    return forward(prediction, target, beta=1.0)


def never_smooth(prediction, target, *, beta=1.0):
    """This is the mean absolute error: small errors are not rounded off.

    What is beta there for?
    """
    return np.abs(prediction - target).mean()


def negative_errors_squared(prediction, target, *, beta=1.0):
    """The error is compared with beta without its sign removed, so -100 counts as small.

    On which side of beta is an error of -100?
    """
    error = prediction - target
    floor = beta or 1.0
    return np.where(error < beta, error**2 / 2 / floor, error - beta / 2).mean()


@convention
def huber_instead(prediction, target, *, beta=1.0):
    """This is the Huber loss with delta = beta, which is beta times the smooth L1 loss.

    How steep is your loss for large errors, 1 or beta?
    """
    return huber.forward(prediction, target, delta=beta)


@convention
def summed(prediction, target, *, beta=1.0):
    """The costs are summed; here their mean is asked for.

    Write every entry down twice. Should the loss double?
    """
    return forward(prediction, target, beta=beta, reduction="sum")


def never_clipped(grad, prediction, target, *, beta=1.0):
    """The gradient d / beta grows without a limit.

    What is the slope of the straight piece?
    """
    return (grad * (prediction - target) / (beta or 0.5) / prediction.size,)


def clipped_before_dividing(grad, prediction, target, *, beta=1.0):
    """The error is clipped at 1, and not divided by beta.

    How steep is d^2 / (2 beta) at d = beta?
    """
    return (grad * np.clip(prediction - target, -1, 1) / prediction.size,)


def sign_everywhere(grad, prediction, target, *, beta=1.0):
    """The gradient is the sign of the error everywhere, as if there were no parabola.

    How steep is the parabola near zero?
    """
    return (grad * np.sign(prediction - target) / prediction.size,)


def sign_forgotten(grad, prediction, target, *, beta=1.0):
    """The gradient is never negative: the sign of the error is lost.

    If a prediction is too low, should its gradient be positive or negative?
    """
    return (np.abs(backward(grad, prediction, target, beta=beta)[0]),)


def sign_flipped(grad, prediction, target, *, beta=1.0):
    """The sign is wrong: this is target minus prediction.

    If a prediction is too high, should its gradient be positive or negative?
    """
    return (-backward(grad, prediction, target, beta=beta)[0],)
