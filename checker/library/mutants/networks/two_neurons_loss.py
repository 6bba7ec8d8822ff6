"""Known-wrong gradients of the two neurons of lecture 004."""

from reference.networks import two_neurons
from reference.networks.two_neurons_loss import backward, forward


def sign_flipped(grad, x, w1, b1, w2, b2, y):
    """Every sign is wrong: the derivative of (y - a2)^2 / 2 by a2 is a2 - y.

    The example's prediction is too high. Should w2 grow or shrink, and what does a step do?
    """
    return tuple(-each for each in backward(grad, x, w1, b1, w2, b2, y))


def output_slope_forgotten(grad, x, w1, b1, w2, b2, y):
    """The slope a2 (1 - a2) of the last sigmoid is missing from every product.

    Through which functions does the loss reach z2? Each is one factor.
    """
    _, a1, _, a2 = two_neurons.forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y)
    dz1 = dz2 * w2 * a1 * (1 - a1)
    return dz1 * x, dz1, dz2 * a1, dz2


def hidden_slope_forgotten(grad, x, w1, b1, w2, b2, y):
    """The slope a1 (1 - a1) of the first sigmoid is missing on the way to w1 and b1.

    Through which functions does z1 reach the loss? Each is one factor.
    """
    _, a1, _, a2 = two_neurons.forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y) * a2 * (1 - a2)
    return dz2 * w2 * x, dz2 * w2, dz2 * a1, dz2


def second_weight_forgotten(grad, x, w1, b1, w2, b2, y):
    """The factor w2 is missing on the way from z2 back to a1.

    What is the derivative of w2 a1 + b2 by a1?
    """
    _, a1, _, a2 = two_neurons.forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y) * a2 * (1 - a2)
    dz1 = dz2 * a1 * (1 - a1)
    return dz1 * x, dz1, dz2 * a1, dz2


def half_forgotten(grad, x, w1, b1, w2, b2, y):
    """Everything is twice too large: this is the gradient of (y - a2)^2, without the half.

    What is the half in the loss there for?
    """
    return tuple(2 * each for each in backward(grad, x, w1, b1, w2, b2, y))


def slope_of_z_instead_of_a(grad, x, w1, b1, w2, b2, y):
    """z (1 - z) is used as the slope: the value before the sigmoid instead of the one after.

    In s (1 - s), is s the value before or after the activation?
    """
    z1, a1, z2, a2 = two_neurons.forward(x, w1, b1, w2, b2)
    dz2 = grad * (a2 - y) * z2 * (1 - z2)
    dz1 = dz2 * w2 * z1 * (1 - z1)
    return dz1 * x, dz1, dz2 * a1, dz2


def loss_not_halved(x, w1, b1, w2, b2, y):
    """The half is missing.

    What does an error of 1 cost by the formula?
    """
    return 2 * forward(x, w1, b1, w2, b2, y)


def loss_not_squared(x, w1, b1, w2, b2, y):
    """The error is halved, but not squared.

    What does an error cost that is twice as large?
    """
    return abs(y - two_neurons.forward(x, w1, b1, w2, b2)[3]) / 2


def loss_of_z2(x, w1, b1, w2, b2, y):
    """y is compared with z2, the value before the last activation.

    Which number is the answer of the network?
    """
    return (y - two_neurons.forward(x, w1, b1, w2, b2)[2]) ** 2 / 2
