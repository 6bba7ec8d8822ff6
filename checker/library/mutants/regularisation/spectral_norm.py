"""Mutants of spectral normalisation."""

import numpy as np

from checker.library.marks import convention
from reference.regularisation.spectral_norm import backward, estimated, forward, rows_of
from reference.spec import settings_of


@settings_of(forward)
def units_along_the_other_axis(weight, u, v, *, dim, **settings):
    """The units are taken along the other of the first two axes.

    Along which axis of the weight are the outputs counted?
    """
    return forward(weight, u, v, dim=1 - dim, **settings)


@convention
@settings_of(forward)
def other_vector_first(weight, u, v, *, first, **settings):
    """The other of the two vectors is renewed first.

    Which vector does the first product start from?
    """
    return forward(weight, u, v, first="v" if first == "u" else "u", **settings)


@settings_of(forward)
def one_iteration_more(weight, u, v, *, iterations, **settings):
    """There is an iteration too many.

    How many iterations are there if `iterations` is 0?
    """
    return forward(weight, u, v, iterations=iterations + 1, **settings)


@settings_of(forward)
def always_one_iteration(weight, u, v, *, iterations, **settings):
    """There is always one iteration.

    How many iterations are there if `iterations` is 0?
    """
    return forward(weight, u, v, iterations=1, **settings)


@settings_of(forward)
def vectors_not_renewed(weight, u, v, **settings):
    """The vectors that are returned are the old ones.

    From where should the next call go on?
    """
    return forward(weight, u, v, **settings)[0], 1 * u, 1 * v


@settings_of(forward)
def divided_by_the_old_estimate(weight, u, v, *, iterations, **settings):
    """The estimate is that of the old vectors.

    Which vectors are nearer to the singular vectors, the old or the new ones?
    """
    y = forward(weight, u, v, iterations=0, **settings)[0]
    return y, *forward(weight, u, v, iterations=iterations, **settings)[1:]


@settings_of(forward)
def divided_by_the_length_of_the_weight(weight, u, v, **settings):
    """The weight is divided by the root of the sum of its squares, which is larger than sigma.

    By how much does the weight stretch the input that it stretches most?
    """
    length = np.sqrt((weight * weight).sum())
    return weight / length, *forward(weight, u, v, **settings)[1:]


@settings_of(forward)
def exact_singular_value(weight, u, v, *, dim, **settings):
    """The singular value is exact; the formula has the estimate that the vectors give.

    What is u^T W v for the vectors that you return?
    """
    sigma = np.linalg.norm(rows_of(weight, dim), 2)
    return weight / sigma, *forward(weight, u, v, dim=dim, **settings)[1:]


@settings_of(forward)
def multiplied(weight, u, v, **settings):
    """The weight is multiplied by sigma; it is divided by it.

    What should the largest singular value be afterwards?
    """
    _, u, v = forward(weight, u, v, **settings)
    rows = rows_of(weight, settings["dim"])
    return weight * (u @ (rows @ v)), u, v


@settings_of(forward)
def weight_as_it_was(weight, u, v, **settings):
    """The weight is not divided by its singular value.

    What should the largest singular value be afterwards?
    """
    return 1 * weight, *forward(weight, u, v, **settings)[1:]


@settings_of(forward)
def vectors_keep_their_length(weight, u, v, *, iterations, epsilon, dim, first):
    """The vectors are not divided by their lengths.

    How long are they after a hundred iterations?
    """
    rows, u, v = rows_of(weight, dim), 1 * u, 1 * v
    for _ in range(iterations):
        if first == "u":
            u = rows @ v
        v = rows.T @ u
        if first == "v":
            u = rows @ v
    return weight / (u @ (rows @ v)), u, v


@settings_of(forward)
def divided_by_the_square_of_the_length(weight, u, v, *, iterations, epsilon, dim, first):
    """The vectors are divided by the squares of their lengths: the root is missing.

    How long should the vectors be?
    """
    rows, u, v = rows_of(weight, dim), 1 * u, 1 * v
    for _ in range(iterations):
        for which in ("u", "v") if first == "u" else ("v", "u"):
            if which == "u":
                u = rows @ v / np.maximum((rows @ v) @ (rows @ v), epsilon)
            else:
                v = rows.T @ u / np.maximum((rows.T @ u) @ (rows.T @ u), epsilon)
    return weight / (u @ (rows @ v)), u, v


@settings_of(forward)
def root_of_sigma(weight, u, v, **settings):
    """The weight is divided by the root of sigma, as if sigma were its square.

    Are the singular values those of W, or those of W^T W?
    """
    _, u, v = forward(weight, u, v, **settings)
    sigma = u @ (rows_of(weight, settings["dim"]) @ v)
    return weight / np.sqrt(np.abs(sigma)), u, v


@settings_of(forward)
def sigma_is_constant(grad, weight, u, v, *, dim, **settings):
    """The gradient is divided by sigma, as if that did not depend on the weight.

    If the weight is twice as large, does y change?
    """
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    return (grad / sigma,)


@settings_of(forward)
def part_along_added(grad, weight, u, v, *, dim, **settings):
    """The part along u v^T is added; it is taken away.

    If the weight grows along u v^T, what does sigma do?
    """
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    (dx,) = backward(grad, weight, u, v, dim=dim, **settings)
    return (2 * grad / sigma - dx,)


@settings_of(forward)
def gradient_not_divided(grad, weight, u, v, *, dim, **settings):
    """The gradient is not divided by sigma.

    If sigma is 10, how much does y change when the weight changes by 1?
    """
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    return (sigma * backward(grad, weight, u, v, dim=dim, **settings)[0],)


@settings_of(forward)
def of_the_old_vectors(grad, weight, u, v, *, iterations, **settings):
    """The gradient is that for the vectors before the iterations.

    By which sigma was the weight divided?
    """
    return backward(grad, weight, u, v, iterations=0, **settings)


@settings_of(forward)
def with_the_weight_for_y(grad, weight, u, v, *, dim, **settings):
    """The part along u v^T has the sum of g W; it is the sum of g y.

    How often is it divided by sigma in all?
    """
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    (dx,) = backward(grad, weight, u, v, dim=dim, **settings)
    return (grad / sigma + sigma * (dx - grad / sigma),)


@settings_of(forward)
def projected_on_the_weight(grad, weight, u, v, *, dim, **settings):
    """The part along y is taken away; sigma changes along u v^T.

    What is the derivative of u^T W v with respect to W?
    """
    sigma, _, _ = estimated(rows_of(weight, dim), u, v, **settings)
    y = weight / sigma
    return ((grad - (grad * y).sum() * y) / sigma,)
