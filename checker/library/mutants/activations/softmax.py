"""Mutants of softmax."""

import numpy as np

from checker.library.marks import term, unstable
from reference.activations import sigmoid
from reference.activations.softmax import forward


def normalised_over_everything(x):
    """Divided by the sum over the whole array, so all rows together add up to 1.

    Print the sum of each row. How many distributions did you want?
    """
    weights = np.exp(x - x.max())
    return weights / weights.sum()


def normalised_over_examples(x):
    """Divided by the sum over the examples (axis 0): it is the columns that add up to 1.

    Does the first axis count examples or classes?
    """
    weights = np.exp(x - x.max(axis=0))
    return weights / weights.sum(axis=0)


def sum_broadcast_the_wrong_way(x):
    """The row sums have lost their axis, so they are spread along the rows of the result.

    What is the shape of your sum, (n,) or (n, 1)? What does keepdims do?
    """
    weights = np.exp(x - x.max())
    return weights / weights.sum(axis=-1)


def divided_by_the_maximum(x):
    """The logits are divided by the largest one, where it has to be subtracted.

    Which of the two leaves the ratio of two exponentials as it was?
    """
    weights = np.exp(x / np.abs(x).max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def without_exponential(x):
    """The logits themselves are divided by their sum: the exponential is missing.

    What happens to negative logits? Can a probability be negative?
    """
    return x / x.sum(axis=-1, keepdims=True)


def sigmoid_of_each(x):
    """Each entry went through a sigmoid; the rows do not add up to 1.

    Do the classes compete with each other in your answer?
    """
    return sigmoid.forward(x)


def winner_takes_all(x):
    """The largest logit gets 1 and the others 0.

    Soft means that a small change of a logit makes a small change of the answer. Does yours?
    """
    return (x == x.max(axis=-1, keepdims=True)).astype(float)


def not_normalised(x):
    """These are the exponentials, not divided by their sum.

    What has to be true of the sum of each row?
    """
    return np.exp(x - x.max(axis=-1, keepdims=True))


@unstable
def never_shifted(x):
    """The largest logit is not subtracted, so exp overflows: inf / inf is nan.

    Add 1000 to every logit. Should the answer change? Does yours?
    """
    weights = np.exp(x)
    return weights / weights.sum(axis=-1, keepdims=True)


@unstable
def shifted_by_the_mean(x):
    """The mean is subtracted, not the largest logit, so exp can still overflow.

    What is the largest exponent after your shift?
    """
    weights = np.exp(x - x.mean(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


@unstable
def shifted_by_one_for_all(x):
    """One maximum is subtracted from all rows, so a row far below it becomes 0 / 0.

    Whose largest logit belongs to a row?
    """
    weights = np.exp(x - x.max())
    return weights / weights.sum(axis=-1, keepdims=True)


def diagonal_only(grad, x):
    """p (1 - p) is only the diagonal of the derivative.

    Raise one logit a little. Do the other probabilities stay?
    """
    p = forward(x)
    return (grad * p * (1 - p),)


def minus_upstream(grad, x):
    """p minus something belongs to softmax and cross-entropy together, not to softmax alone.

    Which function are you differentiating here, and by what?
    """
    return (forward(x) - grad,)


def unweighted_sum(grad, x):
    """The sum that is subtracted lacks its weights p.

    The derivative is diag(p) - p p^T. Where does the second p appear in your code?
    """
    return (forward(x) * (grad - grad.sum(axis=-1, keepdims=True)),)


def mean_subtracted(grad, x):
    """The plain mean of the upstream gradient is subtracted, not its mean under p.

    Is every class equally probable?
    """
    return (forward(x) * (grad - grad.mean(axis=-1, keepdims=True)),)


def diagonal_missing(grad, x):
    """Only the part -p p^T is there; the diagonal is missing.

    How does a probability react to its own logit?
    """
    p = forward(x)
    return (-p * (grad * p).sum(axis=-1, keepdims=True),)


def logits_in_the_sum(grad, x):
    """The upstream gradient is weighted with the logits, where the probabilities belong.

    Which of the two stands in -p_i p_j?
    """
    return (forward(x) * (grad - (grad * x).sum(axis=-1, keepdims=True)),)


def sum_added(grad, x):
    """The weighted sum is added, where it has to be subtracted.

    If one probability rises, what must the others do?
    """
    p = forward(x)
    return (p * (grad + (grad * p).sum(axis=-1, keepdims=True)),)


def summed_over_everything(grad, x):
    """The weighted sum runs over the whole array and not over each row.

    Do the logits of one example change the probabilities of another?
    """
    p = forward(x)
    return (p * (grad - (grad * p).sum()),)


@term
def _upstream_times_p(grad, x):
    """p g"""
    return (forward(x) * grad,)


@term
def _p_times_weighted_sum(grad, x):
    """p sum(p g)"""
    p = forward(x)
    return (p * (p * grad).sum(axis=-1, keepdims=True),)


@term
def _p_times_sum(grad, x):
    """p sum(g)"""
    return (forward(x) * grad.sum(axis=-1, keepdims=True),)


@term
def _p_squared_times_upstream(grad, x):
    """p^2 g"""
    return (forward(x) ** 2 * grad,)


@term
def _p(grad, x):
    """p"""
    return (forward(x),)


@term
def _upstream(grad, x):
    """g"""
    return (grad,)
