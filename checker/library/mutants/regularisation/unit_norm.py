"""Mutants of unit normalisation."""

import numpy as np

from reference.regularisation.unit_norm import forward, lengths
from reference.spec import settings_of


@settings_of(forward)
def divided_by_the_square(x, *, axis, epsilon):
    """Divided by the sum of the squares: the root is missing.

    How long is a vector of 3 and 4?
    """
    return x / np.maximum(lengths(x, axis) ** 2, epsilon)


@settings_of(forward)
def sum_of_sizes(x, *, axis, epsilon):
    """The length is the sum of the absolute values; it is the root of the sum of squares.

    How long is a vector of 3 and 4?
    """
    return x / np.maximum(np.abs(x).sum(axis=axis, keepdims=True), epsilon)


@settings_of(forward)
def largest_size(x, *, axis, epsilon):
    """Divided by the largest absolute value; the length counts all entries.

    How long is a vector of 3 and 4?
    """
    return x / np.maximum(np.abs(x).max(axis=axis, keepdims=True), epsilon)


@settings_of(forward)
def divided_by_the_sum(x, *, axis, epsilon):
    """Divided by the plain sum, in which positive and negative entries cancel.

    How long is a vector of 1 and -1?
    """
    total = x.sum(axis=axis, keepdims=True)
    return x / np.where(np.abs(total) < epsilon, epsilon, total)


@settings_of(forward)
def mean_of_squares(x, *, axis, epsilon):
    """The mean of the squares takes the place of their sum, as in RMS normalisation.

    Is the length of the result 1, or the root of the number of entries?
    """
    return x / np.maximum(np.sqrt((x * x).mean(axis=axis, keepdims=True)), epsilon)


@settings_of(forward)
def standardised(x, *, axis, epsilon):
    """The mean was subtracted; only the length changes here.

    May the direction of a vector change?
    """
    return forward(x - x.mean(axis=axis, keepdims=True), axis=axis, epsilon=epsilon)


@settings_of(forward)
def one_length_for_all(x, *, axis, epsilon):
    """There is one length for the whole array; each vector has its own.

    Print the length of each vector of the result. What should it be?
    """
    return x / np.maximum(np.sqrt((x * x).sum()), epsilon)


@settings_of(forward)
def epsilon_added(x, *, axis, epsilon):
    """epsilon is added to the length; the larger of both counts.

    How long exactly is a normalised vector?
    """
    return x / (lengths(x, axis) + epsilon)


@settings_of(forward)
def epsilon_below_the_root(x, *, axis, epsilon):
    """epsilon is added below the root; the larger of length and epsilon counts.

    How long exactly is a normalised vector?
    """
    return x / np.sqrt(lengths(x, axis) ** 2 + epsilon)


@settings_of(forward)
def squares_compared_with_epsilon(x, *, axis, epsilon):
    """epsilon is compared with the sum of squares; it is compared with the length.

    Is a vector of length 0.2 shorter than an epsilon of 0.1?
    """
    return x / np.sqrt(np.maximum(lengths(x, axis) ** 2, epsilon))


@settings_of(forward)
def length_is_constant(grad, x, *, axis, epsilon):
    """The gradient is divided by the length, as if that did not depend on x.

    If a vector becomes longer, how does its direction change?
    """
    return (grad / np.maximum(lengths(x, axis), epsilon),)


def _through(grad, x, axis, epsilon, along):
    length = lengths(x, axis)
    r = np.maximum(length, epsilon)
    return ((grad - np.where(length < epsilon, 0, along(grad, x / r))) / r,)


@settings_of(forward)
def not_divided(grad, x, *, axis, epsilon):
    """The gradient is not divided by the length.

    If x is twice as long, how much does its direction turn for the same step?
    """
    (dx,) = _through(grad, x, axis, epsilon, lambda g, y: y * (g * y).sum(axis=axis, keepdims=True))
    return (dx * np.maximum(lengths(x, axis), epsilon),)


@settings_of(forward)
def part_along_added(grad, x, *, axis, epsilon):
    """The part along the vector is added; it is taken away.

    If a vector grows along itself, what happens to its direction?
    """
    return _through(grad, x, axis, epsilon, lambda g, y: -y * (g * y).sum(axis=axis, keepdims=True))


@settings_of(forward)
def not_summed(grad, x, *, axis, epsilon):
    """The sum of g y is missing: each entry has only its own product.

    Does the length depend on one entry or on all?
    """
    return _through(grad, x, axis, epsilon, lambda g, y: y * g * y)


@settings_of(forward)
def summed_without_the_gradient(grad, x, *, axis, epsilon):
    """The part along the vector is y times the sum of g; y is missing in the sum.

    What is the scalar product of g and y?
    """
    return _through(grad, x, axis, epsilon, lambda g, y: y * g.sum(axis=axis, keepdims=True))


@settings_of(forward)
def with_x_for_y(grad, x, *, axis, epsilon):
    """The part along the vector is computed with x; it is computed with y, which has length 1.

    How long is the vector onto which you project?
    """
    return _through(grad, x, axis, epsilon, lambda g, y: x * (g * x).sum(axis=axis, keepdims=True))


@settings_of(forward)
def short_vectors_projected_too(grad, x, *, axis, epsilon):
    """Vectors shorter than epsilon lose the part along them; they are only scaled.

    If a vector of length 0 grows a little, does y grow?
    """
    r = np.maximum(lengths(x, axis), epsilon)
    y = x / np.where(lengths(x, axis) > 0, lengths(x, axis), 1)
    return ((grad - y * (grad * y).sum(axis=axis, keepdims=True)) / r,)


@settings_of(forward)
def nothing_for_short_vectors(grad, x, *, axis, epsilon):
    """The gradient is 0 for vectors shorter than epsilon; it is that of a scaling.

    If a vector of length 0 grows a little, does y grow?
    """
    (dx,) = _through(grad, x, axis, epsilon, lambda g, y: y * (g * y).sum(axis=axis, keepdims=True))
    return (np.where(lengths(x, axis) < epsilon, 0, dx),)
