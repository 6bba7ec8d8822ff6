"""Mutants of the product of two tensors, entry by entry."""

import numpy as np


def matrix_product(a, b):
    """This is a matrix product: it has added the products of each row up.

    How many numbers does a product entry by entry have?
    """
    return a @ b.T


def added(a, b):
    """The two are added.

    What should come out where the row is 1?
    """
    return a + b


def turned_upright(a, b):
    """The row is turned upright, so each row of the tensor is scaled instead of each column.

    Shapes are aligned on the last axes. Which axis of the tensor has as many entries as the row?
    """
    return a * b.T


def sum_of_the_row(a, b):
    """Every entry is multiplied with the sum of the row.

    How much should column 0 change if only the last entry of the row changes?
    """
    return a * b.sum()


def product_of_the_row(a, b):
    """Every entry is multiplied with the product of the whole row.

    Which one entry of the row does column 0 meet?
    """
    return a * b.prod()


def first_row_only(a, b):
    """Only the first row of each matrix is multiplied.

    Which of the rows does the row meet when it is repeated?
    """
    result = a.copy()
    result[..., 0, :] *= b[0]
    return result


def repeated_entry_by_entry(a, b):
    """Each entry is repeated, not the row: the entries arrive in the wrong places.

    What does repeat make of (1, 2), and what does tile make of it?
    """
    return a * np.repeat(b, a.shape[-2]).reshape(a.shape[-2:])


def its_own_factor(grad, a, b):
    """Each gradient is multiplied with its own operand; the product rule wants the other one.

    How much does 3 x change if x rises by one?
    """
    return grad * a, _summed(grad * b, b)


def factors_forgotten(grad, a, b):
    """The upstream gradient is handed on as for a sum: the other factor is missing.

    How much does 3 x change if x rises by one?
    """
    return grad, _summed(grad, b)


def repeats_not_added_up(grad, a, b):
    """The gradient of the row has the shape of the tensor: its copies are not added up.

    One row has served many. Which shape does its gradient have?
    """
    return grad * b, grad * a


def averaged_over_the_repeats(grad, a, b):
    """The gradient of the row is averaged over its copies, where the chain rule adds them up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    return grad * b, _summed(grad * a, b) * b.size / a.size


def summed_before_multiplying(grad, a, b):
    """Upstream gradient and tensor are each summed over the copies, and multiplied afterwards.

    Is a sum of products the product of the sums?
    """
    return grad * b, _summed(grad, b) * _summed(a, b)


def summed_to_a_number(grad, a, b):
    """The gradient of the row is summed over everything, the columns too.

    Along which axes was the row repeated, and along which was it not?
    """
    return grad * b, (grad * a).sum() + 0 * b


def _summed(each, b):
    return each.reshape(-1, b.shape[1]).sum(axis=0, keepdims=True)
