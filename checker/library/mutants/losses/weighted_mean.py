"""Mutants of the mean of weighted costs."""

import numpy as np

from checker.library.marks import convention
from reference.losses.weighted_mean import backward, forward


def weights_left_out(cost, weight, *, over="weights"):
    """This is the plain mean: the weights are not used.

    What does an example of weight 0 contribute?
    """
    return cost.mean()


def weighted_sum(cost, weight, *, over="weights"):
    """This is the weighted sum: nothing is divided.

    If every weight is 1, what should come out?
    """
    return (weight * cost).sum()


def weights_squared(cost, weight, *, over="weights"):
    """The weights are squared.

    An example of weight 2 counts as much as how many of weight 1?
    """
    return forward(cost, weight**2, over=over)


def weights_added(cost, weight, *, over="weights"):
    """The weights are added to the costs, where they should be multiplied.

    What does an example of weight 0 contribute?
    """
    return (cost + weight).mean()


def divided_by_both(cost, weight, *, over="weights"):
    """Divided by the sum of the weights and by the number of examples too.

    If every weight is 1, what should come out?
    """
    return (weight * cost).sum() / weight.sum() / len(weight)


def divided_by_those_that_count(cost, weight, *, over="weights"):
    """Divided by the number of examples whose weight is not 0.

    If all weights are doubled, should the loss change?
    """
    return (weight * cost).sum() / np.maximum(np.count_nonzero(weight), 1)


def weights_in_the_denominator_only(cost, weight, *, over="weights"):
    """The weights are only below the line.

    What does an example of weight 0 contribute?
    """
    return cost.sum() / (weight.sum() or np.nan)


def gradient_of_the_plain_mean(grad, cost, weight, *, over="weights"):
    """This is the gradient of the plain mean: the weights are not used.

    If the cost of an example of weight 0 rises, does the loss?
    """
    return ((grad + 0 * cost) / len(cost),)


def not_divided(grad, cost, weight, *, over="weights"):
    """Not divided, although the loss is.

    What stands below the line in the loss, and does it depend on the costs?
    """
    return (grad * weight,)


def multiplied_by_the_costs(grad, cost, weight, *, over="weights"):
    """The costs are still there, as if they had not been differentiated.

    What is the derivative of w c by c?
    """
    return (backward(grad, cost, weight, over=over)[0] * cost,)


def share_of_the_loss(grad, cost, weight, *, over="weights"):
    """The loss is subtracted, as if the sum of the weights depended on the costs.

    By what do you differentiate: by the costs, or by the weights?
    """
    return (grad * (cost - forward(cost, weight, over=over)) / weight.sum(),)


@convention
def divided_by_examples(cost, weight, *, over="weights"):
    """Divided by the number of examples, as Keras does it; here by the sum of the weights.

    If all weights are doubled, should the loss change?
    """
    return (weight * cost).mean()
