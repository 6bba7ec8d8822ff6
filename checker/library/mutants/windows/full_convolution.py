"""Mutants of the convolution of two signals."""

import numpy as np

from checker.library.marks import convention
from reference.windows.full_convolution import backward, forward


@convention
def kernel_not_flipped(x, kernel):
    """The kernel is not turned round: this is the cross-correlation at all places of overlap.

    In sum_k w[k] x[i - k], which entry of x meets the first weight?
    """
    return forward(x, kernel[::-1])


def inside_only(x, kernel):
    """Only the places count where one lies inside the other; all places of overlap are asked.

    How long is the result for two numbers and two numbers?
    """
    return np.convolve(x, kernel, "valid")


def as_long_as_the_signal(x, kernel):
    """The result is as long as the longer of the two: places at the ends are missing.

    At how many places do m numbers and k numbers overlap?
    """
    return np.convolve(x, kernel, "same")


def cut_at_the_length_of_the_signal(x, kernel):
    """The result ends where the signal ends; the last copies reach beyond it.

    Where does the copy end that the last entry of the signal brings?
    """
    return forward(x, kernel)[: len(x)]


def one_place_too_many(x, kernel):
    """The result has a zero at its end: m numbers and k numbers have m + k - 1 places.

    At how many places do a single number and a single number overlap?
    """
    return np.append(forward(x, kernel), 0.0)


def assigned_not_added(x, kernel):
    """Where copies overlap only the last one is kept; they have to be added.

    How many copies reach the second place?
    """
    z = 0 * forward(x, kernel)
    for k, weight in enumerate(kernel):
        z[k : k + len(x)] = weight * x
    return z


def averaged(x, kernel):
    """The sums are divided by the length of the kernel.

    What is the sum of all outputs, for a signal and a kernel of ones?
    """
    return forward(x, kernel) / len(kernel)


def as_a_ring(x, kernel):
    """What reaches beyond the end comes back at the beginning.

    What does the signal count as beyond its ends?
    """
    z, count = forward(x, kernel), max(len(x), len(kernel))
    return np.array([z[at::count].sum() for at in range(count)])


def signal_gradient_flipped(grad, x, kernel):
    """The gradient of the signal flips the kernel once more; backwards it is not flipped.

    Which outputs does x[0] reach, and through which weights?
    """
    return backward(grad, x, kernel[::-1])[0], backward(grad, x, kernel)[1]


def kernel_gradient_flipped(grad, x, kernel):
    """The gradient of the kernel is turned round: its first entry is that of the last weight.

    Which outputs does the first weight reach?
    """
    dx, dkernel = backward(grad, x, kernel)
    return dx, dkernel[::-1]


def gradients_exchanged(grad, x, kernel):
    """The gradients are returned in the other order.

    Which of the two results should be as long as the signal?
    """
    return backward(grad, x, kernel)[::-1]


def gradient_averaged(grad, x, kernel):
    """The gradient of the kernel is averaged over the signal; it is summed.

    In how many outputs has one weight a part?
    """
    dx, dkernel = backward(grad, x, kernel)
    return dx, dkernel / len(x)
