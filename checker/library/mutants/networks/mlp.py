"""Mutants of the multi-layer perceptron."""

import numpy as np

from reference.linear import dense
from reference.linear.neuron import ACTIVATIONS
from reference.networks.mlp import backward, forward, sums


def last_layer_bent(x, weights, biases, *, activation="relu"):
    """The activation is applied to the last layer too; its sums should leave as they are.

    Should the network be able to answer with any number?
    """
    return _bent(forward(x, weights, biases, activation=activation), activation)


def no_activation(x, weights, biases, *, activation="relu"):
    """There is no activation between the layers, so that any depth is one layer.

    What is the product of two matrices?
    """
    return forward(x, weights, biases, activation="identity")


def biases_left_out(x, weights, biases, *, activation="relu"):
    """The biases are left out.

    What does your network answer to an input of zeros?
    """
    return forward(x, weights, 0 * biases, activation=activation)


def weights_transposed(x, weights, biases, *, activation="relu"):
    """The weights are transposed; here they are stored (inputs, outputs).

    Does row i of a weight matrix belong to input i or to output i?
    """
    return forward(x, np.swapaxes(weights, 1, 2), biases, activation=activation)


def layers_backwards(x, weights, biases, *, activation="relu"):
    """The layers are applied in reverse order.

    Which weights does the input meet first?
    """
    return forward(x, weights[::-1], biases[::-1], activation=activation)


def first_layer_only(x, weights, biases, *, activation="relu"):
    """Only the first layer is applied.

    Where does your function return: inside the loop, or after it?
    """
    return forward(x, weights[:1], biases[:1], activation=activation)


def same_weights_in_every_layer(x, weights, biases, *, activation="relu"):
    """Every layer uses the weights of the first.

    Which index should count up in your loop?
    """
    same = np.stack([weights[0]] * len(weights))
    return forward(x, same, biases, activation=activation)


def input_bent(x, weights, biases, *, activation="relu"):
    """The activation is applied to the input, before the first layer.

    What is between the input and the first weighted sum?
    """
    return forward(_bent(x, activation), weights, biases, activation=activation)


def biases_after_the_activation(x, weights, biases, *, activation="relu"):
    """The biases are added after the activation.

    What does the activation bend: the products alone, or the whole weighted sum?
    """
    h = x
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        h = _bent(h @ weight, activation) + bias
    return h @ weights[-1] + biases[-1]


def input_for_every_layer(x, weights, biases, *, activation="relu"):
    """The last layer is given the input of the network, not what the layer before it made.

    Which variable do you hand to the next layer?
    """
    return x @ weights[-1] + biases[-1]


def every_layer_starts_from_the_input(x, weights, biases, *, activation="relu"):
    """Every hidden layer is given the input of the network: h is not passed on.

    Which variable do you hand to the next layer?
    """
    h = x
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        h = _bent(x @ weight + bias, activation)
    return h @ weights[-1] + biases[-1]


def slopes_forgotten(grad, x, weights, biases, *, activation="relu"):
    """The slopes of the activations are missing.

    What lies between the sums of one layer and the inputs of the next?
    """
    return _back(grad, x, weights, biases, activation, lambda d, z: d)


def slopes_at_the_outputs(grad, x, weights, biases, *, activation="relu"):
    """The slopes are taken after the activation, where they are those of its answer.

    Is the slope a function of the value before the activation, or after it?
    """
    bend = ACTIVATIONS[activation]

    def slope(d, z):
        return bend.backward(d, bend.forward(z))[0]

    return _back(grad, x, weights, biases, activation, slope)


def last_slope_too_many(grad, x, weights, biases, *, activation="relu"):
    """The slope of the activation is taken at the last layer too, which has none.

    Does the last layer have an activation?
    """
    last = sums(x, weights, biases, activation)[-1]
    return backward(
        ACTIVATIONS[activation].backward(grad, last)[0], x, weights, biases, activation=activation
    )


def weight_gradients_averaged(grad, x, weights, biases, *, activation="relu"):
    """The gradients of the weights are averaged over the examples.

    Is there a mean in the network? Whose business is it?
    """
    dx, dw, db = backward(grad, x, weights, biases, activation=activation)
    return dx, dw / len(x), db


def bias_gradients_averaged(grad, x, weights, biases, *, activation="relu"):
    """The gradients of the biases are averaged over the examples.

    Is there a mean in the network? Whose business is it?
    """
    dx, dw, db = backward(grad, x, weights, biases, activation=activation)
    return dx, dw, db / len(x)


def gradients_in_reverse(grad, x, weights, biases, *, activation="relu"):
    """The gradients of the layers stand in reverse order, as they were found.

    Which layer's gradient did you work out first, and where does it belong?
    """
    dx, dw, db = backward(grad, x, weights, biases, activation=activation)
    return dx, dw[::-1], db[::-1]


def _bent(z, activation):
    return ACTIVATIONS[activation].forward(z)


def _back(grad, x, weights, biases, activation, slope):
    zs = sums(x, weights, biases, activation)
    dws, dbs = [], []
    for i in reversed(range(len(zs))):
        h = _bent(zs[i - 1], activation) if i else x
        grad, dw, db = dense.backward(grad, h, weights[i], biases[i])
        dws.append(dw)
        dbs.append(db)
        grad = slope(grad, zs[i - 1]) if i else grad
    return grad, np.stack(dws[::-1]), np.stack(dbs[::-1])
