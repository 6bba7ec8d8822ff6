"""Mutants of the two neurons of lecture 004."""

from reference.activations.sigmoid import forward as sigmoid
from reference.networks.two_neurons import backward, forward


def activation_skipped_between(x, w1, b1, w2, b2):
    """The second neuron gets z1: the activation between the two is skipped.

    Which number leaves the first neuron?
    """
    z1 = w1 * x + b1
    z2 = w2 * z1 + b2
    return z1, sigmoid(z1), z2, sigmoid(z2)


def output_not_activated(x, w1, b1, w2, b2):
    """The last activation is missing: a2 is z2.

    In this example both neurons are sigmoid neurons.
    """
    a1 = sigmoid(w1 * x + b1)
    z2 = w2 * a1 + b2
    return w1 * x + b1, a1, z2, z2


def biases_forgotten(x, w1, b1, w2, b2):
    """The biases are not added.

    What does a neuron answer to an input of 0?
    """
    return forward(x, w1, 0 * b1, w2, 0 * b2)


def bias_after_the_activation(x, w1, b1, w2, b2):
    """The biases are added after the activation.

    Can your a1 leave the interval from 0 to 1?
    """
    a1 = sigmoid(w1 * x) + b1
    return w1 * x, a1, w2 * a1, sigmoid(w2 * a1) + b2


def first_weight_used_twice(x, w1, b1, w2, b2):
    """The second neuron uses the weight and the bias of the first.

    Which number multiplies a1?
    """
    return forward(x, w1, b1, w1, b1)


def later_paths_forgotten(grad, x, w1, b1, w2, b2):
    """Only the path through z1 itself reaches the first neuron; the one through a1 is missing.

    Along which paths does z1 reach the results? Their contributions are added.
    """
    dz1, _, dz2, da2 = grad
    _, _, dw2, db2 = backward(grad, x, w1, b1, w2, b2)
    return dz1 * x, dz1 + 0 * (dz2 + da2), dw2, db2


def paths_overwrite_each_other(grad, x, w1, b1, w2, b2):
    """Of several paths only the last one counts: the gradients are replaced, not added.

    Is it = or += where two paths meet?
    """
    _, _, _, da2 = grad
    return backward((0 * da2, 0 * da2, 0 * da2, da2), x, w1, b1, w2, b2)
