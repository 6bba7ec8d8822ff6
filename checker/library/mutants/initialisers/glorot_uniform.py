"""Mutants of the Glorot uniform initialiser."""

import math

from checker.library.marks import convention

NOT_APPLICABLE = ("another_axis",)


def from_zero(noise):
    """The weights lie between 0 and the limit: they have to lie around 0.

    What is the mean of your weights?
    """
    return noise * math.sqrt(6 / sum(noise.shape))


def three_instead_of_six(noise):
    """The limit is sqrt(3 / (inputs + outputs)): a 2 is missing under the root.

    A uniform number between -a and a has variance a^2 / 3. Which variance do you want?
    """
    return (2 * noise - 1) * math.sqrt(3 / sum(noise.shape))


def root_forgotten(noise):
    """The root is missing.

    If inputs and outputs grow fourfold, by how much should the weights shrink?
    """
    return (2 * noise - 1) * (6 / sum(noise.shape))


def inputs_only(noise):
    """Only the inputs are counted: sqrt(3 / inputs).

    What happens to your weights when inputs and outputs are exchanged?
    """
    return (2 * noise - 1) * math.sqrt(3 / noise.shape[0])


def he_instead(noise):
    """This is the limit of He: sqrt(6 / inputs).

    Which of the two is meant for ReLU?
    """
    return (2 * noise - 1) * math.sqrt(6 / noise.shape[0])


def half_as_wide(noise):
    """The weights reach from minus half the limit to half the limit.

    How wide is the interval from -a to a?
    """
    return (noise - 0.5) * math.sqrt(6 / sum(noise.shape))


def std_as_limit(noise):
    """2 is the constant of the normal form; the uniform form has a 6.

    What is the variance of a uniform number between -a and a?
    """
    return (2 * noise - 1) * math.sqrt(2 / sum(noise.shape))


def transposed(noise):
    """The weights are transposed: (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return ((2 * noise - 1) * math.sqrt(6 / sum(noise.shape))).T


@convention
def one_over_root_of_inputs(noise):
    """The limit is 1 / sqrt(inputs), the older rule that torch has as its default.

    Whose formula does the task ask for?
    """
    return (2 * noise - 1) / math.sqrt(noise.shape[0])
