"""Mutants of the sum of two tensors."""

import numpy as np


def turned_upright(a, b):
    """The row is turned upright, so each row of the tensor gets one number instead of each column.

    Shapes are aligned on the last axes. Which axis of the tensor has as many entries as the row?
    """
    return a + b.T


def entry_i_to_row_i(a, b):
    """Row i of the tensor gets entry i of the other row, where it should get all of it.

    In your loop, which index counts rows and which counts columns?
    """
    return a + b[0, : a.shape[-2], None][np.arange(a.shape[-2])]


def sum_of_the_row(a, b):
    """Every entry gets the sum of the row.

    How much should column 0 change if only the last entry of the row changes?
    """
    return a + b.sum()


def first_entry_of_the_row(a, b):
    """Every entry gets the first entry of the row.

    What did the other entries of the row do?
    """
    return a + b[0, 0]


def first_row_only(a, b):
    """The row is added to the first row of each matrix only.

    Which of the rows does the row meet when it is repeated?
    """
    result = a.copy()
    result[..., 0, :] += b[0]
    return result


def repeated_entry_by_entry(a, b):
    """Each entry is repeated, not the row: the entries arrive in the wrong places.

    What does repeat make of (1, 2), and what does tile make of it?
    """
    return a + np.repeat(b, a.shape[-2]).reshape(a.shape[-2:])


def fractions_lost(a, b):
    """The numbers are turned into whole numbers first.

    What does astype(int) make of 0.7? Which dtype has your result?
    """
    return a.astype(int) + b


def every_pair(a, b):
    """Every entry meets every entry: the result has one axis too many.

    What is the shape of your result, and which axis did you add with None?
    """
    return a[..., None] + b


def repeats_not_added_up(grad, a, b):
    """The gradient of the row has the shape of the tensor: its copies are not added up.

    One row has served many. Which shape does its gradient have?
    """
    return grad, grad


def summed_over_the_rows_only(grad, a, b):
    """The gradient of the row is summed over the rows of each matrix, and not over the matrices.

    Along how many axes was the row repeated?
    """
    return grad, grad.sum(axis=-2)


def summed_to_a_number(grad, a, b):
    """The gradient of the row is summed over everything, the columns too.

    Along which axes was the row repeated, and along which was it not?
    """
    return grad, grad.sum() + 0 * b


def averaged_over_the_repeats(grad, a, b):
    """The gradient of the row is averaged over its copies, where the chain rule adds them up.

    A number that acts along many paths: are its contributions added or averaged?
    """
    return grad, grad.reshape(-1, b.shape[-1]).mean(axis=0, keepdims=True)


def only_the_first_copy(grad, a, b):
    """The gradient of the row comes from its first copy alone.

    What did the other copies of the row do to the loss?
    """
    return grad, grad.reshape(-1, b.shape[-1])[:1]


def multiplied_by_the_other(grad, a, b):
    """The upstream gradient is multiplied with the other operand, as for a product.

    How much does a sum change if one of its terms rises by one?
    """
    return grad * b, (grad * a).reshape(-1, b.shape[-1]).sum(axis=0, keepdims=True)
