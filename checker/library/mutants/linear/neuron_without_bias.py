"""Mutants of a neuron without bias."""

from reference.linear.neuron import ACTIVATIONS
from reference.linear.neuron_without_bias import backward, forward


def bias_of_one(x, weight, *, activation="sigmoid"):
    """Something is added to the weighted sum; this neuron has no bias.

    What should a sigmoid neuron without bias answer to an input of zeros?
    """
    return _bent(x @ weight + 1, activation)


def activation_left_out(x, weight, *, activation="sigmoid"):
    """This is the weighted sum: the activation is left out.

    What is the last thing a neuron does?
    """
    return x @ weight


def activation_before_the_sum(x, weight, *, activation="sigmoid"):
    """The activation is applied to each product, before they are added up.

    How many times does a neuron use its activation for one example?
    """
    return _bent(x * weight, activation).sum(axis=1)


def activation_taken_twice(x, weight, *, activation="sigmoid"):
    """The activation is applied twice.

    How often does the sum pass the activation?
    """
    return _bent(forward(x, weight, activation=activation), activation)


def not_summed(x, weight, *, activation="sigmoid"):
    """There is an answer for each input of each example: the products are not added up.

    How many answers has one neuron for one example?
    """
    return _bent(x * weight, activation)


def summed_over_examples(x, weight, *, activation="sigmoid"):
    """The sum runs over the examples; it should run over the inputs of each.

    How many answers should there be: one for each example, or one for each input?
    """
    return _bent((x * weight).sum(axis=0), activation)


def averaged_over_inputs(x, weight, *, activation="sigmoid"):
    """The weighted inputs are averaged, where they should be added up.

    Repeat an input and its weight. Should the sum stay as it is?
    """
    return _bent((x * weight).mean(axis=1), activation)


def weights_summed_apart(x, weight, *, activation="sigmoid"):
    """Inputs and weights are each summed, and the sums multiplied.

    Is a sum of products the product of the sums?
    """
    return _bent(x.sum(axis=1) * weight.sum(), activation)


def slope_forgotten(grad, x, weight, *, activation="sigmoid"):
    """The slope of the activation is missing, as if the neuron were linear.

    What stands between the weighted sum and the answer?
    """
    return grad[:, None] * weight, x.T @ grad


def slope_at_the_answer(grad, x, weight, *, activation="sigmoid"):
    """The slope is taken at the answer of the neuron instead of at its weighted sum.

    Is the slope a function of the value before the activation, or after it?
    """
    answer = forward(x, weight, activation=activation)
    (d,) = ACTIVATIONS[activation].backward(grad, answer)
    return d[:, None] * weight, x.T @ d


def weight_gradient_averaged(grad, x, weight, *, activation="sigmoid"):
    """The gradient of the weights is averaged over the examples.

    Is there a mean in a neuron? Whose business is it?
    """
    dx, dweight = backward(grad, x, weight, activation=activation)
    return dx, dweight / len(x)


def weight_gradient_not_summed(grad, x, weight, *, activation="sigmoid"):
    """There is a gradient of the weights for each example; they have to be added up.

    A gradient has the shape of what it belongs to. How many weights are there?
    """
    (d,) = ACTIVATIONS[activation].backward(grad, x @ weight)
    return d[:, None] * weight, d[:, None] * x


def input_gradient_with_the_input(grad, x, weight, *, activation="sigmoid"):
    """The gradient of the inputs is made with the inputs; it needs the weights.

    How much does the weighted sum move if one input rises by one?
    """
    (d,) = ACTIVATIONS[activation].backward(grad, x @ weight)
    return d[:, None] * x, x.T @ d


def _bent(z, activation):
    return ACTIVATIONS[activation].forward(z)
