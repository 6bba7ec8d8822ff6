"""Mutants of the sizes of a network's gradients."""

import numpy as np

from reference.linear.neuron import ACTIVATIONS
from reference.networks import mlp


def summed(x, weights, biases, *, activation="relu"):
    """The sizes are summed over the entries of a weight; they are to be averaged.

    Should a wider layer seem to learn more only because it has more weights?
    """
    return np.stack([np.abs(dw).sum() for dw in _dws(x, weights, biases, activation)])


def sizes_of_means(x, weights, biases, *, activation="relu"):
    """The gradients are averaged with their signs, so that they cancel each other.

    Which comes first: the size of each entry, or the mean?
    """
    return np.stack([np.abs(dw.mean()) for dw in _dws(x, weights, biases, activation)])


def signs_kept(x, weights, biases, *, activation="relu"):
    """The mean keeps its sign: the sizes are not taken.

    Can a size be negative?
    """
    return np.stack([dw.mean() for dw in _dws(x, weights, biases, activation)])


def lengths(x, weights, biases, *, activation="relu"):
    """These are the lengths of the gradients, the roots of their sums of squares.

    Which of the two is asked for: the mean size of an entry, or the norm?
    """
    return np.stack([np.linalg.norm(dw) for dw in _dws(x, weights, biases, activation)])


def root_mean_squares(x, weights, biases, *, activation="relu"):
    """These are the roots of the mean squares, not the means of the sizes.

    How large is the mean of 0 and 2, and how large the root of the mean of 0 and 4?
    """
    return np.stack([np.sqrt((dw**2).mean()) for dw in _dws(x, weights, biases, activation)])


def largest(x, weights, biases, *, activation="relu"):
    """These are the largest entries, not the mean ones.

    What is asked for of the sizes in one layer?
    """
    return np.stack([np.abs(dw).max() for dw in _dws(x, weights, biases, activation)])


def last_layer_first(x, weights, biases, *, activation="relu"):
    """The layers stand in the order in which the gradient meets them: the last one first.

    In which order are the weights passed in?
    """
    return np.stack([np.abs(dw).mean() for dw in _dws(x, weights, biases, activation)])[::-1]


def output_summed(x, weights, biases, *, activation="relu"):
    """The gradient is that of the sum of all outputs; it is to be that of their mean.

    What is the derivative of a mean of m numbers by one of them?
    """
    dws = _dws(x, weights, biases, activation, lambda output: np.ones_like(output))
    return np.stack([np.abs(dw).mean() for dw in dws])


def mean_over_the_examples_only(x, weights, biases, *, activation="relu"):
    """The mean is taken over the examples, and the outputs of each are summed.

    Over how many numbers is the mean output a mean?
    """
    dws = _dws(x, weights, biases, activation, lambda output: np.ones_like(output) / len(output))
    return np.stack([np.abs(dw).mean() for dw in dws])


def slopes_forgotten(x, weights, biases, *, activation="relu"):
    """The slopes of the activations are not in the gradients.

    What does a sigmoid do to a gradient that passes it?
    """
    zs = mlp.sums(x, weights, biases, activation)
    hs = [x, *(ACTIVATIONS[activation].forward(z) for z in zs[:-1])]
    grad, sizes = np.ones_like(zs[-1]) / zs[-1].size, []
    for h, weight in zip(hs[::-1], list(weights)[::-1], strict=True):
        sizes.append(np.abs(h.T @ grad).mean())
        grad = grad @ weight.T
    return np.stack(sizes[::-1])


def slopes_at_the_outputs(x, weights, biases, *, activation="relu"):
    """The slope s' is taken at the output h of the activation; it belongs at its input z.

    Does s(z) (1 - s(z)) contain the value before or after the activation?
    """
    return _with_slopes_at_outputs(x, weights, biases, activation)


def sigmoid_slope_at_the_output(x, weights, biases, *, activation="relu"):
    """The slope of the sigmoid is s(h) (1 - s(h)): h is s(z) already, so it is h (1 - h).

    How often has z passed the sigmoid in your slope?
    """
    if activation == "sigmoid":
        return _with_slopes_at_outputs(x, weights, biases, activation)
    return np.stack([np.abs(dw).mean() for dw in _dws(x, weights, biases, activation)])


def last_layer_bent(x, weights, biases, *, activation="relu"):
    """The last layer has an activation too; it is to be left bare.

    What follows the last weighted sum?
    """
    bend = ACTIVATIONS[activation]
    last = mlp.sums(x, weights, biases, activation)[-1]
    grad = np.ones_like(last) / last.size
    (grad,) = bend.backward(grad, last)
    dws = mlp.gradients(grad, x, weights, biases, activation)[1]
    return np.stack([np.abs(dw).mean() for dw in dws])


def biases_forgotten(x, weights, biases, *, activation="relu"):
    """The biases are not used in the way forward.

    What does each layer add to its weighted sums?
    """
    return np.stack([np.abs(dw).mean() for dw in _dws(x, weights, 0 * biases, activation)])


def gradients_of_the_biases(x, weights, biases, *, activation="relu"):
    """These are the gradients of the biases, not those of the weights.

    By what is the gradient of a weighted sum multiplied to get that of a weight?
    """
    output = mlp.forward(x, weights, biases, activation=activation)
    grad = np.ones_like(output) / output.size
    dbs = mlp.gradients(grad, x, weights, biases, activation)[2]
    return np.stack([np.abs(db).mean() for db in dbs])


def always_relu(x, weights, biases, *, activation="relu"):
    """The activation is always ReLU, whatever is asked for.

    What does the argument `activation` decide?
    """
    return np.stack([np.abs(dw).mean() for dw in _dws(x, weights, biases, "relu")])


def _dws(x, weights, biases, activation, above=None):
    output = mlp.forward(x, weights, biases, activation=activation)
    grad = np.ones_like(output) / output.size if above is None else above(output)
    return mlp.gradients(grad, x, weights, biases, activation)[1]


def _with_slopes_at_outputs(x, weights, biases, activation):
    bend = ACTIVATIONS[activation]
    zs = mlp.sums(x, weights, biases, activation)
    hs = [x, *(bend.forward(z) for z in zs[:-1])]
    grad, sizes = np.ones_like(zs[-1]) / zs[-1].size, []
    for i in reversed(range(len(zs))):
        sizes.append(np.abs(hs[i].T @ grad).mean())
        if i:
            (grad,) = bend.backward(grad @ weights[i].T, hs[i])
    return np.stack(sizes[::-1])
