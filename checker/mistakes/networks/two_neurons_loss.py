"""Known-wrong gradients of the two neurons of lecture 004."""

from reference.networks.two_neurons import forward
from reference.networks.two_neurons_loss import backward


def sign_flipped(grad, x, w1, b1, w2, b2, y):
    """Every sign is wrong: the derivative of (y - a2)^2 / 2 by a2 is a2 - y.

    The example's prediction is too high. Should w2 grow or shrink, and what does a step do?
    """
    return tuple(-each for each in backward(grad, x, w1, b1, w2, b2, y))


def output_slope_forgotten(grad, x, w1, b1, w2, b2, y):
    """The slope a2 (1 - a2) of the last sigmoid is missing from every product.

    Through which functions does the loss reach z2? Each is one factor.
    """
    _, a1, _, a2 = forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y)
    dz1 = dz2 * w2 * a1 * (1 - a1)
    return dz1 * x, dz1, dz2 * a1, dz2


def hidden_slope_forgotten(grad, x, w1, b1, w2, b2, y):
    """The slope a1 (1 - a1) of the first sigmoid is missing on the way to w1 and b1.

    Through which functions does z1 reach the loss? Each is one factor.
    """
    _, a1, _, a2 = forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y) * a2 * (1 - a2)
    return dz2 * w2 * x, dz2 * w2, dz2 * a1, dz2


def second_weight_forgotten(grad, x, w1, b1, w2, b2, y):
    """The factor w2 is missing on the way from z2 back to a1.

    What is the derivative of w2 a1 + b2 by a1?
    """
    _, a1, _, a2 = forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y) * a2 * (1 - a2)
    dz1 = dz2 * a1 * (1 - a1)
    return dz1 * x, dz1, dz2 * a1, dz2


def half_forgotten(grad, x, w1, b1, w2, b2, y):
    """Everything is twice too large: this is the gradient of (y - a2)^2, without the half.

    What is the half in the loss there for?
    """
    return tuple(2 * each for each in backward(grad, x, w1, b1, w2, b2, y))


MISTAKES = (
    sign_flipped,
    output_slope_forgotten,
    hidden_slope_forgotten,
    second_weight_forgotten,
    half_forgotten,
)
