"""Mutants of an embedding."""

import numpy as np

from checker.library.marks import convention, term
from reference.embeddings.embedding import backward, forward


def counted_from_one(weight, indices, **settings):
    """The indices are taken to start at 1, so each one points to the row before.

    Which row does index 0 give in your code?
    """
    return forward(np.roll(weight, 1, axis=0), indices, **settings)


def columns_instead_of_rows(weight, indices, **settings):
    """The columns of the table are looked up; each index has a row.

    How many vectors does the table hold, and how long is each?
    """
    turned = weight.T[np.asarray(indices) % weight.shape[1]]
    return np.resize(turned, (*np.shape(indices), weight.shape[1]))


def index_times_the_first_row(weight, indices, **settings):
    """The index is multiplied as a number; it is the name of a row.

    Is word number 20 twice as much as word number 10?
    """
    return np.asarray(indices)[..., None] * weight[0]


def order_of_the_table(weight, indices, **settings):
    """The rows come in the order of the table, not in the order of the indices.

    What should come first if the first index is the largest?
    """
    flat = np.sort(np.ravel(indices))
    return forward(weight, flat.reshape(np.shape(indices)), **settings)


def each_row_once(weight, indices, **settings):
    """An index that comes again gives zeros the second time.

    How often may a word come in a sentence?
    """
    flat = np.ravel(indices)
    first = np.isin(np.arange(flat.size), np.unique(flat, return_index=True)[1])
    return forward(weight, indices, **settings) * first.reshape(np.shape(indices))[..., None]


def padding_gives_zeros(weight, indices, *, padding_idx=None, **settings):
    """The padding index, or else index 0, gives zeros; its row of the table is asked for.

    Does padding_idx change what is looked up, or only the gradient?
    """
    row = 0 if padding_idx is None else padding_idx % len(weight)
    return forward(weight, indices, **settings) * (np.asarray(indices) != row)[..., None]


def last_of_the_equal_indices(grad, weight, indices, **settings):
    """Where an index comes several times, only the last gradient counts; they have to be added.

    What does W[i] += g do in numpy if i holds the same number twice?
    """
    dweight = np.zeros_like(weight)
    dweight[np.ravel(indices)] += grad.reshape(-1, weight.shape[1])
    return (dweight,)


def averaged_over_the_indices(grad, weight, indices, **settings):
    """The gradient is divided by the number of all indices.

    Is there a mean in the forward pass?
    """
    return (backward(grad, weight, indices, **settings)[0] / max(np.size(indices), 1),)


@convention
def averaged_over_equal_indices(grad, weight, indices, *, scale_grad_by_freq=False, **settings):
    """Each row is divided by the number of times it was looked up; here the sum is asked for.

    One row serves all places where it is used. How do their contributions combine?
    """
    return backward(grad, weight, indices, scale_grad_by_freq=not scale_grad_by_freq, **settings)


def gradient_of_every_row(grad, weight, indices, **settings):
    """Every row gets the whole gradient; only the rows that were looked up have one.

    If a row is not used, how much does the loss change with it?
    """
    rows = grad.reshape(-1, weight.shape[1]).sum(axis=0)
    return (rows + np.zeros_like(weight),)


def rows_of_the_gradient(grad, weight, indices, **settings):
    """The rows of the gradient are put in the order of the places, not where the indices say.

    To which row of the table does the gradient of the first place belong?
    """
    flat = np.resize(grad, (len(weight), weight.shape[1])) if np.size(grad) else 0 * weight
    return (flat,)


def times_the_weight(grad, weight, indices, **settings):
    """The gradient is multiplied with the weights; the one-hot input belongs there.

    What is the derivative of W[i] with respect to an entry of W?
    """
    return (backward(grad, weight, indices, **settings)[0] * weight,)


def indices_from_one(grad, weight, indices, **settings):
    """The indices are taken to start at 1, so each gradient goes to the row before.

    Which row does index 0 change in your code?
    """
    return (np.roll(backward(grad, weight, indices, **settings)[0], -1, axis=0),)


@term
def _times_looked_up(grad, weight, indices, **settings):
    """the number of times that each row is looked up"""
    times = np.bincount(np.ravel(indices), minlength=len(weight))
    return (times[:, None] + 0.0 * weight,)


@term
def _upstream_of_all(grad, weight, indices, **settings):
    """sum of g"""
    return (grad.reshape(-1, weight.shape[1]).sum(axis=0) + 0 * weight,)
