"""Mutants of a step of Muon."""

import math

import numpy as np

from checker.library.marks import convention
from reference.optimisers.muon import CONVERGENT, TUNED, State

SETTINGS = {
    "learning_rate": 0.001,
    "weight_decay": 0.1,
    "momentum": 0.95,
    "epsilon": 1e-7,
    "ns_steps": 5,
}


def not_normalised(grad, state, param, **settings):
    """The matrix is not divided by its norm before the iterations.

    For which singular values does the polynomial lead towards 1?
    """
    return _step(grad, state, param, settings, norm=lambda x: 1.0)


def largest_entry_for_the_norm(grad, state, param, **settings):
    """The matrix is divided by its largest entry, not by its norm.

    Can a matrix without entries above 1 have a singular value above 1?
    """
    return _step(grad, state, param, settings, norm=lambda x: np.max(np.abs(x)))


def norm_of_each_row(grad, state, param, **settings):
    """Every row is divided by its own norm.

    May the division change the singular vectors?
    """

    def norm(x):
        return np.sqrt(np.sum(x**2, axis=1, keepdims=True))

    return _step(grad, state, param, settings, norm=norm)


def not_orthogonalised(grad, state, param, **settings):
    """The iterations are missing: only the norm is removed.

    Which singular values does the step have?
    """
    return _step(grad, state, param, {**settings, "ns_steps": 0})


def one_iteration_too_many(grad, state, param, **settings):
    """There is one iteration too many.

    How often does your loop run?
    """
    steps = {**SETTINGS, **settings}["ns_steps"]
    return _step(grad, state, param, {**settings, "ns_steps": steps + 1})


def square_left_out(grad, state, param, **settings):
    """The term c A^2 is missing in the iteration.

    How many powers of s has the polynomial?
    """
    return _step(grad, state, param, settings, coefficients=(*TUNED[:2], 0.0))


def coefficients_exchanged(grad, state, param, **settings):
    """b and c are exchanged.

    Which coefficient belongs to A, and which to A^2?
    """
    return _step(grad, state, param, settings, coefficients=(TUNED[0], TUNED[2], TUNED[1]))


def squared_entry_by_entry(grad, state, param, **settings):
    """A^2 is computed entry by entry.

    What is the difference between `*` and `@`?
    """
    return _step(grad, state, param, settings, square=lambda a: a * a)


def momentum_ignored(grad, state, param, **settings):
    """The momentum is not used: no step remembers the gradients before.

    What does the state remember?
    """
    return _step(grad, state, param, {**settings, "momentum": 0.0})


def mean_of_directions(grad, state, param, **settings):
    """The directions are averaged after the iterations; it has to be the gradients, before them.

    Has a mean of orthogonal matrices singular values of 1?
    """
    settings = {**SETTINGS, **settings}
    momentum = settings["momentum"]
    direction = _orthogonal(grad, settings, TUNED)
    mean = momentum * state.mean + (1 - momentum) * direction
    ahead = momentum * mean + (1 - momentum) * direction
    return _moved(param, ahead, settings), State(mean)


def scale_forgotten(grad, state, param, **settings):
    """The factor for the shape of the matrix is missing.

    Which entries are larger: those of an orthogonal matrix with few columns, or with many?
    """
    return _step(grad, state, param, settings, scale=lambda m, n: 1.0)


def sides_exchanged(grad, state, param, **settings):
    """The scale is sqrt(max(1, n / m)): rows and columns are exchanged.

    Which matrices get the longer steps: those with many rows or with many columns?
    """
    return _step(grad, state, param, settings, scale=lambda m, n: math.sqrt(max(1, n / m)))


def decay_scaled(grad, state, param, **settings):
    """The weight decay uses the scaled rate as well.

    Which learning rate multiplies the weight decay?
    """
    settings = {**SETTINGS, **settings}
    scale = _original(*param.shape)
    settings["weight_decay"] *= scale
    return _step(grad, state, param, settings)


def decay_in_the_gradient(grad, state, param, **settings):
    """The weight decay is added to the gradient, where the norm and the iterations change it.

    Does the decay depend on the gradient?
    """
    settings = {**SETTINGS, **settings}
    grad = grad + settings["weight_decay"] * param
    return _step(grad, state, param, {**settings, "weight_decay": 0.0})


@convention
def without_nesterov(grad, state, param, **settings):
    """The mean itself is used; here Nesterov's form looks ahead by one more gradient.

    How often is the gradient of this step added?
    """
    return _step(grad, state, param, settings, nesterov=False)


@convention
def size_of_adam(grad, state, param, **settings):
    """The scale is 0.2 sqrt(max(m, n)), as in Keras; here it is sqrt(max(1, m / n)).

    How long should the step of a square matrix be?
    """

    def scale(m, n):
        return 0.2 * math.sqrt(max(m, n))

    return _step(grad, state, param, settings, scale=scale)


@convention
def convergent_coefficients(grad, state, param, **settings):
    """The coefficients are those that converge to 1; here they lift small values faster.

    Which coefficients has the text?
    """
    return _step(grad, state, param, settings, coefficients=CONVERGENT)


def _original(m, n):
    return math.sqrt(max(1, m / n))


def _frobenius(x):
    return np.sqrt(np.sum(x**2))


def _matrix_square(a):
    return a @ a


def _orthogonal(x, settings, coefficients, norm=_frobenius, square=_matrix_square):
    a, b, c = coefficients
    x = x / np.maximum(norm(x), settings["epsilon"])
    for _ in range(settings["ns_steps"]):
        gram = x @ x.T
        x = a * x + (b * gram + c * square(gram)) @ x
    return x


def _moved(param, direction, settings, scale=_original):
    rate = settings["learning_rate"]
    return param * (1 - rate * settings["weight_decay"]) - rate * scale(*param.shape) * direction


def _step(
    grad,
    state,
    param,
    settings,
    coefficients=TUNED,
    norm=_frobenius,
    square=_matrix_square,
    scale=_original,
    nesterov=True,
):
    settings = {**SETTINGS, **settings}
    momentum = settings["momentum"]
    mean = momentum * state.mean + (1 - momentum) * grad
    ahead = momentum * mean + (1 - momentum) * grad if nesterov else mean
    direction = _orthogonal(ahead, settings, coefficients, norm, square)
    return _moved(param, direction, settings, scale), State(mean)
