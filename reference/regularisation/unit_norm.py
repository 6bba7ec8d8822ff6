"""Unit normalisation: each vector keeps its direction and gets length 1.

    y = x / r,   r = max(|x|, epsilon),   |x| = sqrt(sum x^2)           (forward, along axis)
    dL/dx = (g - y sum g y) / r                                         (backward, g = dL/dy)
    dL/dx = g / epsilon   where |x| is smaller than epsilon

The sums run along `axis`, one axis or a tuple of them, and all other axes count vectors. A vector
shorter than `epsilon` is only multiplied by 1 / epsilon, so a vector of zeros stays one. Keras has
the layer UnitNormalization with the last axis and an epsilon of 1e-12; PyTorch has the function
normalize with these, whose axis is 1 unless it is given. An axis that x does not have raises an
IndexError.

    >>> forward(np.array([[3.0, 4.0], [0.0, 0.0]]))
    array([[0.6, 0.8],
           [0. , 0. ]])

Source: the layer UnitNormalization of Keras; PyTorch's normalize.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of

Axes = int | tuple[int, ...]
MARGIN = 1e-4  # of epsilon: nearer to it, rounding decides


def forward(
    x: Shaped[Real, "n d ..."],
    *,
    axis: Shaped[Axes, Try((-1, 0, 1, (0, 1), (-2, -1)))] = -1,
    epsilon: Shaped[float, Try((1e-12, 0.1)), Range(0, 1)] = 1e-12,
) -> Shaped[Real, "n d ..."]:
    return x / np.maximum(lengths(x, axis), epsilon)


@settings_of(forward)
def backward(grad: Real, x: Real, *, axis: Axes, epsilon: float) -> Gradients:
    length = lengths(x, axis)
    r = np.maximum(length, epsilon)
    y = x / r
    along = y * (grad * y).sum(axis=axis, keepdims=True)
    return ((grad - np.where(length < epsilon, 0, along)) / r,)


def lengths(x: Real, axis: Axes) -> Real:
    """The length of each vector, with axes of length 1 in place of those along which it is."""
    squares = (x * x).sum(axis=axis, keepdims=True)
    some = squares > 0  # at 0 the root has no slope, and a graph would give nan
    return np.where(some, np.sqrt(np.where(some, squares, 1 + squares)), 0 * squares)


def of_length_one(f, x, *, axis, epsilon):
    """With a small epsilon, every vector has length 1, and a vector of zeros length 0."""
    y = f(x, axis=axis, epsilon=1e-300)
    return (y * y).sum(axis=axis), 1.0 * (np.abs(x).sum(axis=axis) > 0)


def blind_to_scale(f, x, *, axis, epsilon):
    """Multiplying the input and epsilon by 4 changes nothing."""
    return f(4 * x, axis=axis, epsilon=4 * epsilon), f(x, axis=axis, epsilon=epsilon)


def keeps_the_direction(f, x, *, axis, epsilon):
    """The scalar product of input and output is the product of their lengths."""
    y = f(x, axis=axis, epsilon=epsilon)
    return (x * y).sum(axis=axis, keepdims=True), lengths(x, axis) * lengths(y, axis)


def short_vectors_are_only_scaled(f, x, *, axis, epsilon):
    """A vector shorter than epsilon is divided by epsilon."""
    longest = 1 + lengths(x, axis).max(initial=0)
    return longest * f(x, axis=axis, epsilon=longest), x


def _terms(x, axis, epsilon):
    """The part of the gradient along the vector cancels."""
    return 1 / np.maximum(lengths(x, axis), epsilon).min(initial=1)


def _possible(x, axis, epsilon):
    """Whether it is clear which vectors are shorter than epsilon."""
    return not np.any(np.abs(lengths(x, axis) - epsilon) < MARGIN * epsilon)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=lambda torch, x, axis, epsilon: torch.nn.functional.normalize(x, dim=axis, eps=epsilon),
    properties=(
        of_length_one,
        blind_to_scale,
        keeps_the_direction,
        short_vectors_are_only_scaled,
    ),
    possible=_possible,
)
