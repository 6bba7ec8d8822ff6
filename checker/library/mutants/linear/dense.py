"""Mutants of the dense layer."""

import numpy as np

from reference.linear.dense import backward


def weights_transposed(x, weight, bias):
    """The weights are used transposed: here they are stored (inputs, outputs).

    Which axis of the weights has one entry for each input?
    """
    return x @ weight.T + bias


def bias_forgotten(x, weight, bias):
    """The bias is missing.

    What should the layer answer to an input of zeros?
    """
    return x @ weight


def bias_of_the_example(x, weight, bias):
    """The bias is spread over the examples; it belongs to the outputs.

    Is there one bias for each example, or one for each output?
    """
    return x @ weight + bias[: len(x), None]


def bias_summed_up(x, weight, bias):
    """Every output gets the sum of all biases.

    How many biases does one output have?
    """
    return x @ weight + bias.sum()


def largest_product_only(x, weight, bias):
    """The products with the weights are not added up: only the largest one is kept.

    What does a neuron do with all its weighted inputs?
    """
    return (x[:, :, None] * weight).max(axis=1) + bias


def averaged_over_the_inputs(x, weight, bias):
    """The products are averaged over the inputs; they have to be summed.

    Is there a division in the weighted sum?
    """
    return x @ weight / x.shape[1] + bias


def bias_subtracted(x, weight, bias):
    """The bias is subtracted.

    What should the layer answer to an input of zeros?
    """
    return x @ weight - bias


def weights_not_transposed(grad, x, weight, bias):
    """The weights are not transposed on the way back.

    Through which weights did one input reach the outputs? A gradient has the shape of its owner.
    """
    return grad @ weight, *backward(grad, x, weight, bias)[1:]


def input_gradient_transposed(grad, x, weight, bias):
    """The input gradient is transposed: examples stand in its columns.

    In which order do the two factors give one row for each example?
    """
    return weight @ grad.T, *backward(grad, x, weight, bias)[1:]


def weights_summed_up(grad, x, weight, bias):
    """The input gradient multiplies sums: that of the upstream by that of the weights.

    Each input reaches each output by a weight of its own. Is the sum of products that product?
    """
    dx = grad.sum(axis=1, keepdims=True) * weight.sum(axis=1)
    return dx, *backward(grad, x, weight, bias)[1:]


def input_gradient_averaged(grad, x, weight, bias):
    """The input gradient is divided by the batch size, which the loss has done already.

    Does the gradient of one example depend on how many others there are?
    """
    dx, *rest = backward(grad, x, weight, bias)
    return dx / len(x), *rest


def averaged_over_the_outputs(grad, x, weight, bias):
    """The input gradient is averaged over the outputs; it must be summed.

    Along how many paths does an input reach the loss, and what happens to paths?
    """
    dx, *rest = backward(grad, x, weight, bias)
    return dx / weight.shape[1], *rest


def weights_updated_too_early(grad, x, weight, bias):
    """The input gradient is computed with weights that were updated already.

    Which weights did the forward pass use?
    """
    _, dweight, dbias = backward(grad, x, weight, bias)
    return grad @ (weight - 0.1 * dweight).T, dweight, dbias


def weight_gradient_transposed(grad, x, weight, bias):
    """The weight gradient is transposed.

    A gradient has the shape of the parameter it belongs to.
    """
    return grad @ weight.T, grad.T @ x, grad.sum(axis=0)


def weight_gradient_averaged(grad, x, weight, bias):
    """The weight gradient is averaged over the batch; it must be summed.

    Where in the network is the mean taken? Nowhere else does an n belong.
    """
    return grad @ weight.T, x.T @ grad / len(x), grad.sum(axis=0)


def product_of_means(grad, x, weight, bias):
    """The weight gradient multiplies the mean input with the summed upstream gradient.

    Is the sum of products the product of the sums?
    """
    return grad @ weight.T, np.outer(x.mean(axis=0), grad.sum(axis=0)), grad.sum(axis=0)


def last_example_only(grad, x, weight, bias):
    """Only the last example counts in the weight gradient: each pass of the loop overwrites it.

    Is it = or += in your loop over the examples?
    """
    return grad @ weight.T, np.outer(x[-1], grad[-1]), grad.sum(axis=0)


def output_instead_of_input(grad, x, weight, bias):
    """The weight gradient is built with the output of the layer, not with its input.

    What was multiplied with the weights on the way forward?
    """
    return grad @ weight.T, (x @ weight).T @ grad, grad.sum(axis=0)


def bias_averaged(grad, x, weight, bias):
    """The bias gradient is averaged over the batch; it must be summed.

    How many rows does one bias serve, and what does the chain rule do with several paths?
    """
    return grad @ weight.T, x.T @ grad, grad.mean(axis=0)


def bias_not_reduced(grad, x, weight, bias):
    """The bias gradient still has a batch axis; one bias serves every row.

    A gradient has the shape of the parameter it belongs to.
    """
    return grad @ weight.T, x.T @ grad, grad


def averaged_over_the_batch(grad, x, weight, bias):
    """The parameter gradients are divided by the batch size, which the loss has done already.

    Where in the network is the mean taken? Nowhere else does an n belong.
    """
    return grad @ weight.T, x.T @ grad / len(x), grad.mean(axis=0)


def bias_summed_over_outputs(grad, x, weight, bias):
    """The bias gradient is summed over the outputs instead of over the examples.

    There is one bias for each output. Which axis has to disappear?
    """
    return grad @ weight.T, x.T @ grad, grad.sum(axis=1)


def bias_summed_over_everything(grad, x, weight, bias):
    """The bias gradient is one number: the sum over everything.

    How many biases does the layer have?
    """
    return grad @ weight.T, x.T @ grad, np.sum(grad)


def bias_not_learned(grad, x, weight, bias):
    """The bias gradient is zero, so the bias would never be learned.

    Does the loss change when a bias does?
    """
    return grad @ weight.T, x.T @ grad, 0 * bias


def multiplied_by_the_bias(grad, x, weight, bias):
    """The bias gradient is multiplied with the bias itself.

    What is the derivative of x W + b by b?
    """
    return grad @ weight.T, x.T @ grad, grad.sum(axis=0) * bias
