"""Known-wrong gradients of a network with one hidden layer."""

from reference.activations import sigmoid
from reference.linear import dense
from reference.losses import softmax_cross_entropy
from reference.networks.two_layer import backward


def hidden_slope_forgotten(grad, x, w1, b1, w2, b2, labels):
    """The slope of the hidden sigmoid is missing on the way to w1 and b1.

    The gradient passes every layer on its way back. Which one did yours jump over?
    """
    dlogits, hidden, _ = _logits(grad, x, w1, b1, w2, b2, labels)
    dhidden, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    return x.T @ dhidden, dhidden.sum(axis=0), dw2, db2


def input_instead_of_hidden(grad, x, w1, b1, w2, b2, labels):
    """The slope of the sigmoid is taken of its output once more: sigmoid applied twice.

    Is the value in h (1 - h) the one before or the one after the activation?
    """
    dlogits, hidden, _ = _logits(grad, x, w1, b1, w2, b2, labels)
    dhidden, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    (dz1,) = sigmoid.backward(dhidden, hidden)
    return x.T @ dz1, dz1.sum(axis=0), dw2, db2


def activation_skipped(grad, x, w1, b1, w2, b2, labels):
    """The gradient of w2 is computed with the values before the activation.

    What was multiplied with w2 on the way forward?
    """
    dw1, db1, _, db2 = backward(grad, x, w1, b1, w2, b2, labels)
    dlogits, _, z1 = _logits(grad, x, w1, b1, w2, b2, labels)
    return dw1, db1, z1.T @ dlogits, db2


def not_divided(grad, x, w1, b1, w2, b2, labels):
    """Not divided by the number of examples: the loss is a mean over the batch.

    Repeat the batch twice. Should the gradient of the weights change?
    """
    return tuple(len(labels) * each for each in backward(grad, x, w1, b1, w2, b2, labels))


def sign_flipped(grad, x, w1, b1, w2, b2, labels):
    """Every sign is wrong: the error is the probabilities minus the one-hot labels.

    Should a step against the gradient raise or lower the logit of the right class?
    """
    return tuple(-each for each in backward(grad, x, w1, b1, w2, b2, labels))


def _logits(grad, x, w1, b1, w2, b2, labels):
    z1 = dense.forward(x, w1, b1)
    hidden = sigmoid.forward(z1)
    (dlogits,) = softmax_cross_entropy.backward(grad, dense.forward(hidden, w2, b2), labels)
    return dlogits, hidden, z1


MISTAKES = (
    hidden_slope_forgotten,
    input_instead_of_hidden,
    activation_skipped,
    not_divided,
    sign_flipped,
)
