"""Mutants of the Gaussian error linear unit."""

import numpy as np

from checker.library.marks import convention, term
from reference.activations import sigmoid
from reference.activations.gelu import forward
from reference.special import density, erf, ndtr


def root_of_two_forgotten(x):
    """The error function of x itself is taken; it belongs to x / sqrt(2).

    What is the standard deviation of the normal distribution whose probability is (1 + erf(x)) / 2?
    """
    return x / 2 * (1 + erf(x))


def half_forgotten(x):
    """The factor 1/2 before 1 + erf is missing, so large inputs come out twice as large.

    Which values does 1 + erf take, and which values can a probability take?
    """
    return x * (1 + erf(x / np.sqrt(2)))


def probability_alone(x):
    """This is the probability, without the input that it is multiplied with.

    What should your curve look like for large x?
    """
    return ndtr(x)


def density_for_distribution(x):
    """The input is multiplied with the density, the bell curve, not with its integral.

    What is the probability that a normal number is smaller than 10?
    """
    return x * density(x)


def tails_exchanged(x):
    """This is the probability of a larger number; a smaller one is asked for.

    Should large positive or large negative inputs vanish?
    """
    return x * ndtr(-x)


def swish_instead(x):
    """This is swish: the logistic sigmoid instead of the normal distribution.

    Which curve reaches 1 faster, the sigmoid or the normal distribution?
    """
    return x * sigmoid.forward(x)


def relu_instead(x):
    """This is ReLU, which GELU only approaches far from zero.

    What is your value at -1, and what should it be?
    """
    return np.maximum(x, 0)


@convention
def tanh_approximation(x):
    """This is the approximation with tanh; here the error function is asked for.

    Which of the two forms does this task state?
    """
    return forward(x, approximate="tanh")


@convention
def sigmoid_approximation(x):
    """This is x sigmoid(1.702 x), the simpler approximation of the paper.

    Which form does this task state?
    """
    return x * sigmoid.forward(1.702 * x)


def second_term_forgotten(grad, x):
    """Only the probability is left: the input also moves the probability.

    What does the product rule say about x Phi(x)?
    """
    return (grad * ndtr(x),)


def first_term_forgotten(grad, x):
    """Only x times the density is left.

    What should the slope be for large x, and what is yours?
    """
    return (grad * x * density(x),)


def input_missing_in_the_second_term(grad, x):
    """The density is not multiplied with x.

    In the product rule, which factor stays as it is beside the derivative of the other?
    """
    return (grad * (ndtr(x) + density(x)),)


def density_not_normalised(grad, x):
    """exp(-x^2 / 2) is not divided by sqrt(2 pi).

    What is the area below your bell curve?
    """
    return (grad * (ndtr(x) + x * np.exp(-(x**2) / 2)),)


def half_missing_in_the_exponent(grad, x):
    """The exponent is -x^2; the density of a normal number has -x^2 / 2.

    Differentiate erf(x / sqrt(2)): what happens to the inner argument when it is squared?
    """
    return (grad * (ndtr(x) + x * np.exp(-(x**2)) / np.sqrt(2 * np.pi)),)


def sign_of_the_second_term(grad, x):
    """x times the density is subtracted, where the product rule adds.

    Is the slope at x = 1 above or below Phi(1)?
    """
    return (grad * (ndtr(x) - x * density(x)),)


def output_instead(grad, x):
    """The upstream gradient is multiplied with the output, not with the slope.

    Which of the two belongs into the chain rule?
    """
    return (grad * forward(x),)


@term
def _upstream_times_probability(grad, x):
    """g Phi(x)"""
    return (grad * ndtr(x),)


@term
def _upstream_times_x_density(grad, x):
    """g x phi(x)"""
    return (grad * x * density(x),)


@term
def _upstream_times_density(grad, x):
    """g phi(x)"""
    return (grad * density(x),)
