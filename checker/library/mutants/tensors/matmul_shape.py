"""Mutants of the shape of a matrix product."""

import numpy as np

from reference.tensors import broadcast_shape


def batch_forgotten(one, other):
    """Only the two sizes of the matrices are there: the axes in front of them are missing.

    How many products does a batch have?
    """
    return np.array([one[-2], other[-1]], dtype=int)


def batch_of_the_first(one, other):
    """The axes in front are those of the first shape, whatever the second has.

    What if it is the second that is the batch?
    """
    return np.array([*one[:-1], other[-1]], dtype=int)


def batch_of_the_second(one, other):
    """The axes in front are those of the second shape, whatever the first has.

    What if it is the first that is the batch?
    """
    return np.array([*other[:-2], one[-2], other[-1]], dtype=int)


def matrix_transposed(one, other):
    """The last two sizes are exchanged.

    Does the product of (n, d) and (d, k) have n rows or k rows?
    """
    *batch, n, k = _right(one, other)
    return np.array([*batch, k, n], dtype=int)


def inner_sizes(one, other):
    """The sizes that met are kept; those are the ones that a matrix product sums away.

    Over which index does the product of two matrices sum?
    """
    *batch, _, _ = _right(one, other)
    return np.array([*batch, one[-1], other[-2]], dtype=int)


def inner_size_kept(one, other):
    """The size that was summed away is still there.

    How many axes has the product of two matrices?
    """
    *batch, n, k = _right(one, other)
    return np.array([*batch, n, one[-1], k], dtype=int)


def batches_one_behind_the_other(one, other):
    """The axes of both batches are there, one behind the other, as dot has it.

    Does each matrix meet every other, or only its partner?
    """
    return np.array([*one[:-1], *other[:-2], other[-1]], dtype=int)


def shape_of_the_first(one, other):
    """This is the shape of the first factor.

    How many columns has the product?
    """
    return np.array(one, dtype=int)


def _right(one, other):
    return (*broadcast_shape.run(one[:-2], other[:-2]), one[-2], other[-1])
