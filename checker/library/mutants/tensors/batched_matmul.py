"""Mutants of the products of a batch of matrices."""

import numpy as np


def every_batch_with_every_other(a, b):
    """Here dot multiplies each matrix of the first with each of the second, not only its partner.

    How many products do two batches of five have? What is the shape of your result?
    """
    return np.dot(a, b)


def entry_by_entry(a, b):
    """The matrices are multiplied entry by entry, as a slide of lecture 000 misprints it.

    What should the shape of the product of (2, 3) and (3, 4) be? Does * know that?
    """
    return a * b


def first_product_for_all(a, b):
    """The product of the first two matrices stands everywhere.

    Does the second matrix of the batch enter your answer?
    """
    first = (0,) * (a.ndim - 2)
    return np.zeros((*a.shape[:-1], b.shape[-1])) + a[first] @ b[first]


def first_matrix_for_all(a, b):
    """Every matrix of the first batch meets the first matrix of the second.

    Which index of your loop is missing in the second factor?
    """
    return a @ b[(0,) * (b.ndim - 2)]


def batch_summed(a, b):
    """The products are summed over the batch, which is gone from the result.

    How many matrices should come out?
    """
    return (a @ b).sum(axis=tuple(range(a.ndim - 2)))


def the_other_order(a, b):
    """The factors are exchanged: these are the products B A.

    Which shape has A B, and which has B A?
    """
    return b @ a


def second_transposed(a, b):
    """The matrices of the second batch are transposed first.

    Does entry (i, j) meet row j or column j of the second matrix?
    """
    return a @ np.swapaxes(b, -1, -2)


def last_product_only(a, b):
    """Only the last product of each sum is left: each one has overwritten the one before.

    In your innermost loop, is it = or += that collects the products?
    """
    return a[..., -1:] * b[..., -1:, :]


def transposed_with_all_axes(a, b):
    """.T has reversed all the axes, the batch included, where the last two were meant.

    What is the shape of a batch (5, 2, 3) after .T?
    """
    return np.matmul(b.T, a.T).T


def all_axes_reversed(grad, a, b):
    """.T reverses all the axes, the batch included; only the last two are to be exchanged.

    What is the shape of a batch (5, 2, 3) after .T?
    """
    return grad @ b.T, a.T @ grad


def transposes_forgotten(grad, a, b):
    """The other factor is not transposed.

    Write the shapes of G, A and B down. Which product of two of them has the shape of A?
    """
    return grad @ b, a @ grad


def summed_over_the_batch(grad, a, b):
    """The gradient of the second batch is summed over it, as for one matrix that served them all.

    Was one matrix used many times here, or many matrices once each?
    """
    db = _turned(a) @ grad
    return grad @ _turned(b), np.zeros_like(b) + db.sum(axis=tuple(range(b.ndim - 2)))


def averaged_over_the_rows(grad, a, b):
    """The gradient of the second batch is divided by the number of rows.

    Is there a mean anywhere in a matrix product?
    """
    return grad @ _turned(b), _turned(a) @ grad / a.shape[-2]


def _turned(matrices):
    return np.swapaxes(matrices, -1, -2)
