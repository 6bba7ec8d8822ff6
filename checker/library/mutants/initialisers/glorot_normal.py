"""Mutants of the Glorot normal initialiser."""

import math

NOT_APPLICABLE = ("another_axis",)


def variance_instead_of_std(noise):
    """The root is missing: the variance is used as standard deviation.

    By what does noise of variance 1 have to be multiplied to get variance v?
    """
    return noise * (2 / sum(noise.shape))


def inputs_only(noise):
    """Only the inputs are counted: sqrt(1 / inputs).

    What happens to your weights when inputs and outputs are exchanged?
    """
    return noise * math.sqrt(1 / noise.shape[0])


def two_forgotten(noise):
    """The 2 under the root is missing.

    What is the mean of the two fans? Where does the 2 come from?
    """
    return noise * math.sqrt(1 / sum(noise.shape))


def sum_of_two_roots(noise):
    """Two roots are added; one root of the sum of the fans is asked for.

    Is sqrt(a) + sqrt(b) the same as sqrt(a + b)?
    """
    return noise * (math.sqrt(2 / noise.shape[0]) + math.sqrt(2 / noise.shape[1]))


def he_instead(noise):
    """This is the initialiser of He: sqrt(2 / inputs).

    Which of the two is meant for ReLU?
    """
    return noise * math.sqrt(2 / noise.shape[0])


def uniform_limit(noise):
    """6 is the constant of the uniform form; the normal form has a 2.

    What is the variance of a uniform number between -a and a?
    """
    return noise * math.sqrt(6 / sum(noise.shape))


def transposed(noise):
    """The weights are transposed: (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return (noise * math.sqrt(2 / sum(noise.shape))).T


def not_scaled(noise):
    """The noise comes back as it is.

    How should the spread depend on the number of inputs and outputs?
    """
    return noise + 0.0
