"""Mutants of a neuron."""

from reference.linear.neuron import ACTIVATIONS, backward, forward


def bias_left_out(x, weight, bias, *, activation="sigmoid"):
    """The bias is left out.

    What does your neuron answer to an input of zeros, and what should it?
    """
    return _bent(x @ weight, activation)


def bias_after_the_activation(x, weight, bias, *, activation="sigmoid"):
    """The bias is added after the activation.

    Between which two values does a sigmoid neuron answer? Does yours?
    """
    return _bent(x @ weight, activation) + bias


def bias_subtracted(x, weight, bias, *, activation="sigmoid"):
    """The bias is subtracted, as if it were a threshold.

    Should a larger bias make the sum larger or smaller?
    """
    return _bent(x @ weight - bias, activation)


def bias_for_each_input(x, weight, bias, *, activation="sigmoid"):
    """The bias is added once for each input.

    Is the bias inside the sum over the inputs, or beside it?
    """
    return _bent(x @ weight + x.shape[1] * bias, activation)


def bias_weighted(x, weight, bias, *, activation="sigmoid"):
    """The bias is added to the inputs, and so multiplied with the weights.

    What does your neuron answer when all weights are 0?
    """
    return _bent((x + bias) @ weight, activation)


def activation_left_out(x, weight, bias, *, activation="sigmoid"):
    """This is the weighted sum: the activation is left out.

    What is the last thing a neuron does?
    """
    return x @ weight + bias


def activation_before_the_sum(x, weight, bias, *, activation="sigmoid"):
    """The activation is applied to each product, before they are added up.

    How many times does a neuron use its activation for one example?
    """
    return _bent(x * weight, activation).sum(axis=1) + bias


def activation_taken_twice(x, weight, bias, *, activation="sigmoid"):
    """The activation is applied twice.

    How often does the sum pass the activation?
    """
    return _bent(forward(x, weight, bias, activation=activation), activation)


def tanh_of_half(x, weight, bias, *, activation="sigmoid"):
    """2 s(z) - 1 is the tanh of z / 2: tanh(z) is 2 s(2 z) - 1.

    What is the slope of tanh at 0, and what is the slope of your formula there?
    """
    z = x @ weight + bias
    return _bent(z / 2 if activation == "tanh" else z, activation)


def summed_over_examples(x, weight, bias, *, activation="sigmoid"):
    """The sum runs over the examples; it should run over the inputs of each.

    How many answers should there be: one for each example, or one for each input?
    """
    return _bent((x * weight).sum(axis=0) + bias, activation)


def averaged_over_inputs(x, weight, bias, *, activation="sigmoid"):
    """The weighted inputs are averaged, where they should be added up.

    Repeat an input and its weight. Should the sum stay as it is?
    """
    return _bent((x * weight).mean(axis=1) + bias, activation)


def slope_forgotten(grad, x, weight, bias, *, activation="sigmoid"):
    """The slope of the activation is missing, as if the neuron were linear.

    What stands between the weighted sum and the answer?
    """
    return _back(grad, x, weight)


def slope_without_the_bias(grad, x, weight, bias, *, activation="sigmoid"):
    """The slope is taken at the weighted sum without the bias.

    Where on its curve was the activation on the way forward?
    """
    return backward(grad, x, weight, 0 * bias, activation=activation)


def slope_at_the_answer(grad, x, weight, bias, *, activation="sigmoid"):
    """The slope is taken at the answer of the neuron instead of at its weighted sum.

    Is the slope a function of the value before the activation, or after it?
    """
    answer = forward(x, weight, bias, activation=activation)
    return _back(ACTIVATIONS[activation].backward(grad, answer)[0], x, weight)


def weight_gradient_averaged(grad, x, weight, bias, *, activation="sigmoid"):
    """The gradient of the weights is averaged over the examples.

    Is there a mean in a neuron? Whose business is it?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, activation=activation)
    return dx, dweight / len(x), dbias


def weight_gradient_not_summed(grad, x, weight, bias, *, activation="sigmoid"):
    """There is a gradient of the weights for each example; they have to be added up.

    A gradient has the shape of what it belongs to. How many weights are there?
    """
    (d,) = _slopes(grad, x, weight, bias, activation)
    return d[:, None] * weight, d[:, None] * x, d.sum()


def bias_gradient_averaged(grad, x, weight, bias, *, activation="sigmoid"):
    """The gradient of the bias is averaged over the examples.

    Is there a mean in a neuron? Whose business is it?
    """
    dx, dweight, dbias = backward(grad, x, weight, bias, activation=activation)
    return dx, dweight, dbias / len(x)


def bias_gradient_not_summed(grad, x, weight, bias, *, activation="sigmoid"):
    """There is a gradient of the bias for each example; they have to be added up.

    How many biases has a neuron?
    """
    dx, dweight, _ = backward(grad, x, weight, bias, activation=activation)
    return dx, dweight, _slopes(grad, x, weight, bias, activation)[0]


def input_gradient_with_the_input(grad, x, weight, bias, *, activation="sigmoid"):
    """The gradient of the inputs is made with the inputs; it needs the weights.

    How much does the weighted sum move if one input rises by one?
    """
    (d,) = _slopes(grad, x, weight, bias, activation)
    return d[:, None] * x, x.T @ d, d.sum()


def _bent(z, activation):
    return ACTIVATIONS[activation].forward(z)


def _slopes(grad, x, weight, bias, activation):
    return ACTIVATIONS[activation].backward(grad, x @ weight + bias)


def _back(d, x, weight):
    return d[:, None] * weight, x.T @ d, d.sum()
