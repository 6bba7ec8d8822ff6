"""Mutants of weight normalisation."""

import numpy as np

from reference.regularisation.weight_norm import _along, _directions, _others, backward, forward
from reference.spec import settings_of


@settings_of(forward)
def units_along_the_other_axis(v, g, *, dim):
    """The units are taken along the other of the first two axes.

    Along which axis of the weights are the outputs counted?
    """
    return forward(v, g, dim=1 - dim)


@settings_of(forward)
def one_length_for_all(v, g, *, dim):
    """There is one length for all weights; each unit has its own.

    How long are the weights of each unit afterwards?
    """
    return v / np.sqrt((v * v).sum()) * _along(g, v, dim)


@settings_of(forward)
def divided_by_the_square(v, g, *, dim):
    """v is divided by the sum of its squares: the root is missing.

    How long is a vector of 3 and 4?
    """
    return v / _directions(v, g, dim)[1] ** 2 * _along(g, v, dim)


@settings_of(forward)
def not_divided(v, g, *, dim):
    """v is not divided by its length.

    How long are the weights of a unit with g = 1?
    """
    return v * _along(g, v, dim)


@settings_of(forward)
def g_left_out(v, g, *, dim):
    """The weights have length 1; their length is g.

    What does g say?
    """
    return _directions(v, g, dim)[0]


@settings_of(forward)
def divided_by_g(v, g, *, dim):
    """The direction is divided by g; it is multiplied by it.

    How long are the weights of a unit with g = 2?
    """
    return _directions(v, g, dim)[0] / _along(np.where(g == 0, 1e-12, g), v, dim)


@settings_of(forward)
def exponent_of_g(v, g, *, dim):
    """The length is e^g; it is g itself.

    How long are the weights of a unit with g = 0?
    """
    return _directions(v, g, dim)[0] * _along(np.exp(np.minimum(g, 30)), v, dim)


@settings_of(forward)
def size_of_g(v, g, *, dim):
    """The absolute value of g is taken; g may be negative.

    What does the sign of g do to the weights in the formula?
    """
    return forward(v, np.abs(g), dim=dim)


@settings_of(forward)
def mean_subtracted(v, g, *, dim):
    """The mean of v was subtracted first, as in other normalisations.

    May the direction of v change?
    """
    return forward(v - v.mean(axis=_others(v, dim), keepdims=True), g, dim=dim)


@settings_of(forward)
def sum_of_sizes(v, g, *, dim):
    """The length is the sum of the absolute values; it is the root of the sum of squares.

    How long is a vector of 3 and 4?
    """
    return v / np.abs(v).sum(axis=_others(v, dim), keepdims=True) * _along(g, v, dim)


@settings_of(forward)
def largest_size(v, g, *, dim):
    """The length is the largest absolute value; all entries count.

    How long is a vector of 3 and 4?
    """
    return v / np.abs(v).max(axis=_others(v, dim), keepdims=True) * _along(g, v, dim)


@settings_of(forward)
def length_is_constant(grad, v, g, *, dim):
    """The gradient of v is g / |v| times the upstream gradient, as if |v| did not depend on v.

    If v becomes longer, do the weights?
    """
    _, dg = backward(grad, v, g, dim=dim)
    return grad * _along(g, v, dim) / _directions(v, g, dim)[1], dg


@settings_of(forward)
def part_along_added(grad, v, g, *, dim):
    """The part along v is added; it is taken away.

    If v grows along itself, what happens to the weights?
    """
    unit, length = _directions(v, g, dim)
    _, dg = backward(grad, v, g, dim=dim)
    return (grad + unit * _along(dg, v, dim)) * _along(g, v, dim) / length, dg


@settings_of(forward)
def g_missing_in_dv(grad, v, g, *, dim):
    """The gradient of v lacks the factor g.

    If g is twice as large, how much do the weights turn for the same step of v?
    """
    return backward(grad, v, np.ones_like(g), dim=dim)


@settings_of(forward)
def length_missing_in_dv(grad, v, g, *, dim):
    """The gradient of v is not divided by |v|.

    If v is twice as long, how much does it turn for the same step?
    """
    dv, dg = backward(grad, v, g, dim=dim)
    return dv * _directions(v, g, dim)[1], dg


@settings_of(forward)
def dg_not_divided(grad, v, g, *, dim):
    """The gradient of g is the sum of h v; v is divided by its length.

    By how much do the weights grow if g grows by 1?
    """
    dv, dg = backward(grad, v, g, dim=dim)
    return dv, dg * _directions(v, g, dim)[1].ravel()


@settings_of(forward)
def dg_with_the_weights(grad, v, g, *, dim):
    """The gradient of g is the sum of h w, so it has g in it.

    What is the derivative of g v / |v| with respect to g?
    """
    dv, dg = backward(grad, v, g, dim=dim)
    return dv, dg * g


@settings_of(forward)
def dg_of_everything(grad, v, g, *, dim):
    """The gradients of all g are added; each unit has its own.

    Which weights depend on the g of one unit?
    """
    dv, dg = backward(grad, v, g, dim=dim)
    return dv, 0 * g + dg.sum()


@settings_of(forward)
def dv_is_the_upstream(grad, v, g, *, dim):
    """The gradient of v is the upstream gradient, as if v were the weights.

    If v becomes twice as long, do the weights change?
    """
    return 1 * grad, backward(grad, v, g, dim=dim)[1]
