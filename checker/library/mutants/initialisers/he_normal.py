"""Mutants of the He normal initialiser."""

import math


def outputs_instead_of_inputs(noise):
    """The outputs are counted; it must be the inputs.

    How many terms does the sum have that one neuron computes?
    """
    return noise * math.sqrt(2 / noise.shape[1])


def two_forgotten(noise):
    """The 2 under the root is missing.

    ReLU passes half of the variance. What makes up for it?
    """
    return noise * math.sqrt(1 / noise.shape[0])


def variance_instead_of_std(noise):
    """The root is missing: the variance is used as standard deviation.

    By what does noise of variance 1 have to be multiplied to get variance v?
    """
    return noise * (2 / noise.shape[0])


def grows_with_the_inputs(noise):
    """The fraction is upside down: sqrt(inputs / 2).

    Should more inputs make the weights larger or smaller?
    """
    return noise * math.sqrt(noise.shape[0] / 2)


def glorot_instead(noise):
    """This is the initialiser of Glorot: sqrt(2 / (inputs + outputs)).

    Which of the two is meant for ReLU?
    """
    return noise * math.sqrt(2 / sum(noise.shape))


def uniform_limit(noise):
    """6 is the constant of the uniform form; the normal form has a 2.

    What is the variance of a uniform number between -a and a?
    """
    return noise * math.sqrt(6 / noise.shape[0])


def transposed(noise):
    """The weights are transposed: (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return (noise * math.sqrt(2 / noise.shape[0])).T
