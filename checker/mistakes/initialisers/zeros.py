"""Known-wrong versions of an initialiser of zeros."""

import numpy as np


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


def changes_the_noise(noise):
    """The noise that was handed in is overwritten.

    Who else may still need that array?
    """
    noise[...] = 0
    return noise


MISTAKES = (
    noise_returned,
    small_noise,
    ones,
    small_constant,
    bias_of_the_outputs,
    bias_of_the_inputs,
    transposed,
    changes_the_noise,
)
