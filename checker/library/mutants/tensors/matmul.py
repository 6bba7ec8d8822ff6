"""Mutants of the product of two matrices."""

import numpy as np


def entry_by_entry(a, b):
    """The matrices are multiplied entry by entry, as a slide of lecture 000 misprints it.

    What should the shape of the product of (2, 3) and (3, 4) be? Does * know that?
    """
    return a * b


def the_other_order(a, b):
    """The factors are exchanged: this is B A.

    Which shape has A B, and which has B A?
    """
    return b @ a


def second_transposed(a, b):
    """The second matrix is transposed first.

    Does entry (i, j) meet row j or column j of the second matrix?
    """
    return a @ b.T


def first_axes_contracted(a, b):
    """The columns of the first matrix meet the columns of the second.

    Does entry (i, j) meet row i or column i of the first matrix?
    """
    return a.T @ b


def fractions_lost(a, b):
    """The result is kept as whole numbers, so the fractions are lost.

    Which dtype has the array that you write your sums into?
    """
    return (a @ b).astype(int)


def last_product_only(a, b):
    """Only the last product of each sum is left: each one has overwritten the one before.

    In your innermost loop, is it = or += that collects the products?
    """
    return a[:, -1:] * b[-1:]


def last_product_missing(a, b):
    """The last product of each sum is missing.

    With which index does your innermost loop end? With which should it?
    """
    return a[:, :-1] @ b[:-1]


def product_of_sums(a, b):
    """Rows and columns are summed first, and the sums are multiplied.

    Is a sum of products the product of the sums?
    """
    return np.outer(a.sum(axis=1), b.sum(axis=0))


def transposes_forgotten(grad, a, b):
    """The other factor is not transposed.

    Write the shapes of G, A and B down. Which product of two of them has the shape of A?
    """
    return grad @ b, a @ grad


def sides_exchanged(grad, a, b):
    """The factors of each product stand on the wrong side.

    Write the shapes down: is it (n, k) times (k, d), or the other way round?
    """
    return b.T @ grad, grad @ a.T


def own_factor(grad, a, b):
    """Each gradient is made with its own matrix; the product rule wants the other one.

    What does the product depend on when an entry of A moves: on A, or on B?
    """
    return grad @ a, b @ grad


def second_averaged(grad, a, b):
    """The gradient of the second matrix is divided by the number of rows.

    Is there a mean anywhere in a matrix product?
    """
    return grad @ b.T, a.T @ grad / len(a)


def first_transposed(grad, a, b):
    """The gradient of the first matrix is transposed.

    A gradient has the shape of what it belongs to. Which shape is that?
    """
    return b @ grad.T, a.T @ grad
