"""Mutants of cross-correlation."""

import numpy as np

from checker.library.marks import convention
from reference.windows.cross_correlation import backward, forward


@convention
def kernel_flipped(x, kernel):
    """The kernel is turned round: that is a convolution, where the last weight meets x[j].

    Which entry of the signal meets the first entry of the kernel?
    """
    return forward(x, kernel[::-1])


def last_place_left_out(x, kernel):
    """The last place is missing: the number of outputs lacks the 1 at its end.

    How many places has a kernel of 3 on a signal of 3?
    """
    return forward(x, kernel)[:-1]


def overlapping_places_too(x, kernel):
    """Places are counted where the kernel only overlaps the signal; it has to lie inside.

    How many outputs are there if the kernel has to lie inside of the signal?
    """
    return np.correlate(x, kernel, "full")


def as_long_as_the_signal(x, kernel):
    """The result is as long as the longer of the two: zeros were added around the signal.

    How many outputs are there if nothing is added to the signal?
    """
    return np.correlate(x, kernel, "same")


def kernel_moves_by_its_length(x, kernel):
    """The kernel moves by its own length; it moves by one place.

    Which entries of the signal belong to the second output?
    """
    return forward(x, kernel)[:: len(kernel)]


def averaged(x, kernel):
    """The products are averaged; they are added.

    What should a kernel of ones make of a signal of ones?
    """
    return forward(x, kernel) / len(kernel)


def kernel_not_applied(x, kernel):
    """The entries under the kernel are added without its weights.

    What should a kernel of zeros give?
    """
    return forward(x, 0 * kernel + 1)


def without_the_last_weight(x, kernel):
    """The last weight of the kernel is left out.

    What is the last k for which range(k) gives a number?
    """
    return forward(x, np.where(np.arange(len(kernel)) == len(kernel) - 1, 0, kernel))


def signal_gradient_not_flipped(grad, x, kernel):
    """The gradient of the signal slides the kernel as forwards; here it has to be flipped.

    Which outputs does x[0] reach, and through which weights? And x[1]?
    """
    return backward(grad, x, kernel[::-1])[0], backward(grad, x, kernel)[1]


def kernel_gradient_flipped(grad, x, kernel):
    """The gradient of the kernel is turned round: its first entry is that of the last weight.

    Which entries of the signal does the first weight meet?
    """
    dx, dkernel = backward(grad, x, kernel)
    return dx, dkernel[::-1]


def kernel_gradient_averaged(grad, x, kernel):
    """The gradient of the kernel is averaged over the places; it is summed.

    In how many outputs has one weight a part?
    """
    dx, dkernel = backward(grad, x, kernel)
    return dx, dkernel / len(grad)


def assigned_not_added(grad, x, kernel):
    """An entry of the signal keeps the part of one output; the parts of all have to be added.

    To how many outputs does one entry of the signal contribute?
    """
    dx = 0 * x
    for j, upstream in enumerate(grad):
        dx[j : j + len(kernel)] = upstream * kernel
    return dx, backward(grad, x, kernel)[1]


def signal_where_the_gradient_belongs(grad, x, kernel):
    """The gradient of the signal is built with the signal in place of the upstream gradient.

    If the signal is doubled and the upstream gradient is not, what should dx do?
    """
    return backward(x[: len(grad)], x, kernel)[0], backward(grad, x, kernel)[1]


def gradients_exchanged(grad, x, kernel):
    """The gradients are returned in the other order.

    Which of the two results should be as long as the signal?
    """
    return backward(grad, x, kernel)[::-1]
