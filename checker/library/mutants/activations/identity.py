"""Mutants of the identity."""

import numpy as np

NOT_APPLICABLE = (
    "applied_twice",
    "input_returned",
)


def shifted(x):
    """Something is added on the way.

    Identity means that nothing changes. What does yours answer to 0?
    """
    return x + 1


def one_instead(x):
    """x / x is 1, and nan at 0; it is the derivative rather than the function.

    What should come out for x = 3?
    """
    return x / x


def input_as_gradient(grad, x):
    """This is the input, not the gradient.

    What is the derivative of x by x?
    """
    return (x + 0.0,)


def multiplied_by_the_input(grad, x):
    """The upstream gradient is multiplied with the input.

    How much does the output move if the input moves by one?
    """
    return (grad * x,)


def blocks_the_gradient(grad, x):
    """The gradient is 0, as if nothing could be learned here.

    A layer without parameters still has a derivative. What of the layers below?
    """
    return (np.zeros_like(x),)
