"""Known-wrong versions of the dense layer."""


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


def weight_gradient_transposed(grad, x, weight, bias):
    """The weight gradient is transposed.

    A gradient has the shape of the parameter it belongs to.
    """
    return grad @ weight.T, grad.T @ x, grad.sum(axis=0)


def bias_not_learned(grad, x, weight, bias):
    """The bias gradient is zero, so the bias would never be learned.

    Does the loss change when a bias does?
    """
    return grad @ weight.T, x.T @ grad, 0 * bias


MISTAKES = (
    weights_transposed,
    bias_forgotten,
    bias_averaged,
    bias_not_reduced,
    averaged_over_the_batch,
    bias_summed_over_outputs,
    weight_gradient_transposed,
    bias_not_learned,
)
