"""Mutants of sigmoid followed by binary cross-entropy."""

import numpy as np

from checker.library.marks import convention, unstable
from reference.activations import sigmoid
from reference.losses import binary_cross_entropy
from reference.losses.binary_cross_entropy_with_logits import backward, forward

NOT_APPLICABLE = ("another_axis",)


def sign_of_the_product(logits, target):
    """The product of logit and target has the wrong sign.

    Which target makes a large logit cheap, 0 or 1?
    """
    return (np.logaddexp(0, logits) + logits * target).mean()


def logits_for_probabilities(logits, target):
    """The logits are used as probabilities, cut off below 0 and above 1.

    Which numbers can a logit be? What has to happen to it first?
    """
    kept = np.clip(logits, 1e-7, 1 - 1e-7)
    return binary_cross_entropy.forward(kept, target)


def sigmoid_taken_twice(logits, target):
    """The sigmoid is applied twice.

    What does this loss do with a logit, and what have you done to it before?
    """
    return forward(sigmoid.forward(logits), target)


def only_the_ones(logits, target):
    """Only the term of the targets 1 is there.

    What does it cost to be wrong about a 0?
    """
    return (target * np.logaddexp(0, -logits)).mean()


def target_left_out(logits, target):
    """Every example is taken to be a 0: the target is not used.

    Which term of the loss has the target in it?
    """
    return np.logaddexp(0, logits).mean() + 0 * target.sum()


def larger_forgotten(logits, target):
    """The larger of x and 0 is not added: log(1 + e^x) is max(x, 0) + log(1 + e^-|x|).

    What is log(1 + e^x) for x = 1000, and what is log(1 + e^-|x|)?
    """
    return (np.log1p(np.exp(-np.abs(logits))) - logits * target).mean()


def negative(logits, target):
    """The sign is missing: this loss is negative.

    Which sign has the logarithm of a probability?
    """
    return -forward(logits, target)


@convention
def averaged_over_examples_only(logits, target):
    """Summed over the outputs and averaged over the examples; here every entry counts.

    How many predictions are there in a batch of n examples with k outputs?
    """
    return forward(logits, target) * logits.shape[1]


def every_pair(logits, target):
    """Every logit meets every target: (n, 1) and (n,) broadcast to (n, n).

    Print the shape of the product. How many products should there be?
    """
    x, y = logits.reshape(-1, 1), target.ravel()
    return (np.logaddexp(0, x) - x * y).mean()


def logits_less_targets(grad, logits, target):
    """The logits are compared with the targets; it should be the probabilities.

    What has to happen to a logit before it can be compared with 0 and 1?
    """
    return (grad * (logits - target) / logits.size,)


def slope_once_more(grad, logits, target):
    """Multiplied with p (1 - p) once more: that slope is inside p - y already.

    What cancels when the derivatives of loss and sigmoid are multiplied on paper?
    """
    p = sigmoid.forward(logits)
    return (backward(grad, logits, target)[0] * p * (1 - p),)


def gradient_of_the_probability(grad, logits, target):
    """This is the derivative by the probability; asked is the one by the logit.

    By which variable do you differentiate? Which factor does the sigmoid bring in?
    """
    p = sigmoid.forward(logits)
    return (backward(grad, logits, target)[0] / np.maximum(p * (1 - p), 1e-12),)


def target_not_subtracted(grad, logits, target):
    """These are the probabilities; the target is not subtracted.

    Can a gradient that never sees the target teach anything?
    """
    return (grad * sigmoid.forward(logits) / logits.size,)


@convention
def summed(logits, target):
    """The costs are summed over the batch; here their mean is asked for.

    Mean or sum in this task?
    """
    return forward(logits, target) * logits.size


@unstable
def logarithm_of_zero(logits, target):
    """The logarithm is taken of a probability that has become 0, and the loss is infinite.

    Simplify log(1 / (1 + exp(-x))) on paper before you write it.
    """
    p = sigmoid.forward(logits)
    return -(target * np.log(p) + (1 - target) * np.log(1 - p)).mean()


@unstable
def exponential_overflows(logits, target):
    """exp(-x) overflows for large negative x, so the logarithm of it is infinite.

    What is log(1 + exp(1000)), nearly? Which sign may the exponent have?
    """
    return (np.log(1 + np.exp(-logits)) + (1 - target) * logits).mean()


@unstable
def infinity_over_infinity(grad, logits, target):
    """exp(x) / (1 + exp(x)) is inf / inf for large x.

    Put in x = 1000 and look at numerator and denominator one by one.
    """
    p = np.exp(logits) / (1 + np.exp(logits))
    return (grad * (p - target) / logits.size,)
