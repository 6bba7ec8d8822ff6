"""Mutants of an initialiser of zeros."""

import numpy as np

NOT_APPLICABLE = (
    "another_axis",
    "first_row_left_out",
    "last_row_left_out",
)


def noise_returned(noise):
    """These are random weights.

    What is the noise needed for here?
    """
    return noise + 0.0


def small_noise(noise):
    """These are small random weights, which is right for weights and not for zeros.

    What is the noise needed for here?
    """
    return 0.01 * noise


def ones(noise):
    """These are ones.

    Which number is asked for?
    """
    return np.ones_like(noise)


def small_constant(noise):
    """All weights are 0.01: as equal as zeros, and not zero.

    Which number is asked for?
    """
    return np.full_like(noise, 0.01)


def bias_of_the_outputs(noise):
    """There is one zero for each output; there has to be one for each weight.

    Which shape do the weights have?
    """
    return np.zeros(noise.shape[-1])


def bias_of_the_inputs(noise):
    """There is one zero for each input; there has to be one for each weight.

    Which shape do the weights have?
    """
    return np.zeros(noise.shape[0])


def transposed(noise):
    """The zeros have the shape (outputs, inputs).

    Which axis of the weights has one entry for each input?
    """
    return np.zeros(noise.shape[::-1])
