"""Mutants of the difference of two tensors."""

import numpy as np


def the_other_way_round(a, b):
    """Exchanged: the first is taken from the second.

    What should come out where the row is 0?
    """
    return b - a


def added(a, b):
    """The two are added.

    What is left of a tensor when it is taken from itself?
    """
    return a + b


def size_of_the_difference(a, b):
    """The sign of the difference is lost.

    What is 2 less 5?
    """
    return np.abs(a - b)


def turned_upright(a, b):
    """The row is turned upright, so each row of the tensor meets one number.

    Shapes are aligned on the last axes. Which axis of the tensor has as many entries as the row?
    """
    return a - b.T


def sum_of_the_row(a, b):
    """The sum of the row is taken from every entry.

    How much should column 0 change if only the last entry of the row changes?
    """
    return a - b.sum()


def first_row_only(a, b):
    """The row is taken from the first row of each matrix only.

    Which of the rows does the row meet when it is repeated?
    """
    result = a.copy()
    result[..., 0, :] -= b[0]
    return result


def every_pair(a, b):
    """Every entry is compared with every entry: (n,) and (n, 1) make a table of n times n.

    Print the shape of your difference. How many numbers should there be?
    """
    return a[..., None] - b


def sign_of_the_row_forgotten(grad, a, b):
    """The gradient of the row has the sign of a sum.

    If an entry of the row rises, does the difference rise or fall?
    """
    return grad, _summed(grad, b)


def both_signs_turned(grad, a, b):
    """The gradient of the first tensor has the wrong sign too.

    If an entry of the first tensor rises, does the difference rise or fall?
    """
    return -grad, -_summed(grad, b)


def repeats_not_added_up(grad, a, b):
    """The gradient of the row has the shape of the tensor: its copies are not added up.

    One row has served many. Which shape does its gradient have?
    """
    return grad, -grad


def averaged_over_the_repeats(grad, a, b):
    """The gradient of the row is averaged over its copies, where the chain rule adds them up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    return grad, -_summed(grad, b) * b.size / grad.size


def summed_to_a_number(grad, a, b):
    """The gradient of the row is summed over everything, the columns too.

    Along which axes was the row repeated, and along which was it not?
    """
    return grad, -grad.sum() + 0 * b


def _summed(grad, b):
    return grad.reshape(-1, b.shape[1]).sum(axis=0, keepdims=True)
