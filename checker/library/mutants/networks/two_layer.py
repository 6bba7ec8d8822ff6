"""Known-wrong gradients of a network with one hidden layer."""

import numpy as np

from checker.library.marks import convention
from reference.activations import sigmoid, softmax
from reference.linear import dense
from reference.losses import softmax_cross_entropy
from reference.networks.two_layer import backward, forward

NOT_APPLICABLE = ("another_axis",)


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


def sign_flipped(grad, x, w1, b1, w2, b2, labels):
    """Every sign is wrong: the error is the probabilities minus the one-hot labels.

    Should a step against the gradient raise or lower the logit of the right class?
    """
    return tuple(-each for each in backward(grad, x, w1, b1, w2, b2, labels))


def second_weights_not_transposed_back(grad, x, w1, b1, w2, b2, labels):
    """The gradient goes back through w2 without transposing it.

    Through which weights did one hidden unit reach the logits?
    """
    dlogits, hidden, z1 = _logits(grad, x, w1, b1, w2, b2, labels)
    _, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    (dz1,) = sigmoid.backward(dlogits @ w2, z1)
    return x.T @ dz1, dz1.sum(axis=0), dw2, db2


def second_weights_skipped(grad, x, w1, b1, w2, b2, labels):
    """Each hidden unit gets the sum of the logit gradients: the weights w2 are left out.

    By which number does a hidden unit enter each logit?
    """
    dlogits, hidden, z1 = _logits(grad, x, w1, b1, w2, b2, labels)
    _, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    (dz1,) = sigmoid.backward(dlogits.sum(axis=1, keepdims=True) + 0 * hidden, z1)
    return x.T @ dz1, dz1.sum(axis=0), dw2, db2


def biases_averaged(grad, x, w1, b1, w2, b2, labels):
    """Both bias gradients are averaged over the batch; the loss has done that already.

    Where in the network is the mean taken? Nowhere else does an n belong.
    """
    dw1, db1, dw2, db2 = backward(grad, x, w1, b1, w2, b2, labels)
    return dw1, db1 / len(x), dw2, db2 / len(x)


def averaged_twice(grad, x, w1, b1, w2, b2, labels):
    """Every gradient is divided by the number of examples twice.

    The mean is taken once, in the loss. Where else did you divide?
    """
    return tuple(each / len(labels) for each in backward(grad, x, w1, b1, w2, b2, labels))


def softmax_forgotten(grad, x, w1, b1, w2, b2, labels):
    """The logits are compared with the one-hot labels; the probabilities must be.

    What has to happen to logits before they can be compared with a one-hot label?
    """
    hidden = sigmoid.forward(dense.forward(x, w1, b1))
    logits = dense.forward(hidden, w2, b2)
    dlogits = grad * (logits - np.eye(logits.shape[1])[labels]) / len(labels)
    dhidden, dw2, db2 = dense.backward(dlogits, hidden, w2, b2)
    dz1 = dhidden * hidden * (1 - hidden)
    return x.T @ dz1, dz1.sum(axis=0), dw2, db2


def softmax_over_the_examples(grad, x, w1, b1, w2, b2, labels):
    """The softmax runs over the examples (axis 0); the probabilities of an example add up to 1.

    Which sums of your probabilities are 1: those of the rows, or those of the columns?
    """
    hidden = sigmoid.forward(dense.forward(x, w1, b1))
    logits = dense.forward(hidden, w2, b2)
    dlogits = softmax.forward(logits.T).T - np.eye(logits.shape[1])[labels]
    dhidden, dw2, db2 = dense.backward(grad * dlogits / len(labels), hidden, w2, b2)
    dz1 = dhidden * hidden * (1 - hidden)
    return x.T @ dz1, dz1.sum(axis=0), dw2, db2


@convention
def loss_summed(x, w1, b1, w2, b2, labels):
    """The costs are summed over the batch; here their mean is asked for.

    Mean or sum over the examples in this task?
    """
    return forward(x, w1, b1, w2, b2, labels) * len(labels)


def hidden_not_activated(x, w1, b1, w2, b2, labels):
    """The hidden layer has no activation, so the two layers are one.

    What stands between the two layers in the formula?
    """
    logits = dense.forward(dense.forward(x, w1, b1), w2, b2)
    return softmax_cross_entropy.forward(logits, labels)


def loss_negative(x, w1, b1, w2, b2, labels):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(x, w1, b1, w2, b2, labels)


def loss_of_a_softmax_over_the_examples(x, w1, b1, w2, b2, labels):
    """The softmax runs over the examples (axis 0); the probabilities of an example add up to 1.

    Which sums of your probabilities are 1: those of the rows, or those of the columns?
    """
    logits = dense.forward(sigmoid.forward(dense.forward(x, w1, b1)), w2, b2)
    return _price(softmax.forward(logits.T).T, labels)


def loss_of_a_softmax_over_everything(x, w1, b1, w2, b2, labels):
    """The probabilities of all examples together add up to 1; those of each example have to.

    Over which axis is the sum below the fraction line taken?
    """
    logits = dense.forward(sigmoid.forward(dense.forward(x, w1, b1)), w2, b2)
    return _price(softmax.forward(logits.reshape(-1)).reshape(logits.shape), labels)


def biases_left_out(x, w1, b1, w2, b2, labels):
    """The biases are not added.

    What does the network answer where all inputs are 0?
    """
    return forward(x, w1, 0 * b1, w2, 0 * b2, labels)


def output_activated_too(x, w1, b1, w2, b2, labels):
    """The logits went through a sigmoid before the softmax.

    Which layers have an activation in the formula?
    """
    logits = dense.forward(sigmoid.forward(dense.forward(x, w1, b1)), w2, b2)
    return softmax_cross_entropy.forward(sigmoid.forward(logits), labels)


def _price(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels]).mean()


def _logits(grad, x, w1, b1, w2, b2, labels):
    z1 = dense.forward(x, w1, b1)
    hidden = sigmoid.forward(z1)
    (dlogits,) = softmax_cross_entropy.backward(grad, dense.forward(hidden, w2, b2), labels)
    return dlogits, hidden, z1
