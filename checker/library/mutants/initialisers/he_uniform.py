"""Mutants of the He uniform initialiser."""

import math

import numpy as np

from checker.library.marks import convention


def glorot_instead(noise):
    """This is the limit of Glorot: sqrt(6 / (inputs + outputs)).

    Which fans does He count?
    """
    return (2 * noise - 1) * math.sqrt(6 / sum(noise.shape))


def outputs_instead_of_inputs(noise):
    """The outputs are counted; it must be the inputs.

    How many terms does the sum have that one neuron computes?
    """
    return (2 * noise - 1) * math.sqrt(6 / noise.shape[1])


def three_instead_of_six(noise):
    """The limit is sqrt(3 / inputs): a 2 is missing under the root.

    ReLU passes half of the variance. What makes up for it?
    """
    return (2 * noise - 1) * math.sqrt(3 / noise.shape[0])


def from_zero(noise):
    """The weights lie between 0 and the limit: they have to lie around 0.

    What is the mean of your weights?
    """
    return noise * math.sqrt(6 / noise.shape[0])


def never_negative(noise):
    """Every weight is positive: the sign has been lost.

    What is the mean of your weights?
    """
    return np.abs(2 * noise - 1) * math.sqrt(6 / noise.shape[0])


def root_forgotten(noise):
    """The root is missing.

    If the inputs grow fourfold, by how much should the weights shrink?
    """
    return (2 * noise - 1) * (6 / noise.shape[0])


def std_as_limit(noise):
    """2 is the constant of the normal form; the uniform form has a 6.

    What is the variance of a uniform number between -a and a?
    """
    return (2 * noise - 1) * math.sqrt(2 / noise.shape[0])


def transposed(noise):
    """The weights are transposed: (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return ((2 * noise - 1) * math.sqrt(6 / noise.shape[0])).T


@convention
def one_over_root_of_inputs(noise):
    """The limit is 1 / sqrt(inputs), which torch has as its default and calls by the same name.

    Whose formula does the task ask for?
    """
    return (2 * noise - 1) / math.sqrt(noise.shape[0])
