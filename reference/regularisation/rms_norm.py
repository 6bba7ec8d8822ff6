"""RMS normalisation: each example is divided by its root mean square.

    h = x / rms,   rms = sqrt(mean(x^2) + eps),   y = gamma h  (forward, per example)
    dL/dh = g gamma                                            (backward, g = dL/dy)
    dL/dx = (dL/dh - h mean(h dL/dh)) / rms
    dL/dgamma = sum g h                                        (over the examples)

This is layer normalisation without the mean and without beta: examples are brought to one size, and
not to one level. It is cheaper, and language models do as well with it. The last axes are
normalised: those that gamma has, which is normalized_shape in PyTorch. `axes` is their number where
gamma is None. All axes before them count examples.

eps is 1e-6 here and in Keras. PyTorch has None, which is the machine epsilon of the numbers that it
computes with. This is the one of float64 for float64, and the one of float32 for all shorter types.
An empty batch gives an empty batch, and a shape of gamma that is not that of the last axes raises
ValueError.

    >>> forward(np.array([[1.0, 7.0], [-30.0, 40.0]]), np.array([5.0, 5.0]), axes=1).round(3)
    array([[ 1.   ,  7.   ],
           [-4.243,  5.657]])

Source: Zhang and Sennrich 2019, eq. 4.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.regularisation.layer_norm import mean_of_rows, normalised_shape
from reference.spec import Convention, Maybe, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "... *d"],
    gamma: Shaped[Real | None, "*d", Maybe()],
    *,
    axes: Shaped[int, Convention((1, 2))] = 1,
    epsilon: Shaped[float | None, Try((1e-6, 1e-3)), Range(0, math.inf)] = 1e-6,
) -> Shaped[Real, "... *d"]:
    normal, _ = _normalised(x, normalised_shape(x, gamma, None, axes), epsilon)
    y = np.reshape(normal, x.shape)
    return y if gamma is None else y * gamma


@settings_of(forward)
def backward(
    grad: Real, x: Real, gamma: Real | None, *, axes: int, epsilon: float | None
) -> tuple[Real | None, ...]:
    shape = normalised_shape(x, gamma, None, axes)
    normal, size = _normalised(x, shape, epsilon)
    up = np.reshape(grad, normal.shape)
    dgamma = None if gamma is None else np.einsum("nd,nd->d", up, normal).reshape(shape)
    dx = up * (1.0 if gamma is None else gamma.ravel())
    normal *= mean_of_rows(normal, dx)
    dx -= normal
    dx /= size
    return np.reshape(dx, x.shape), dgamma


def least_size(x: Real) -> float:
    """What PyTorch adds to a mean square: the machine epsilon of the numbers it computes with."""
    return float(np.finfo(np.result_type(x.dtype, np.float32)).eps)


def _normalised(x: Real, shape: tuple[int, ...], epsilon: float | None) -> tuple[Real, Real]:
    """One row for each example, divided by its size, and the size of each row."""
    rows = np.reshape(x, (math.prod(x.shape[: -len(shape)]), math.prod(shape)))
    least = least_size(x) if epsilon is None else epsilon
    size = np.sqrt(mean_of_rows(rows, rows) + least)
    return rows / size, size


def blind_to_scale(f, x, gamma, axes, epsilon):
    """Multiplying the input by 4 and epsilon by 16 changes nothing."""
    larger = f(4 * x, gamma, axes=axes, epsilon=16 * epsilon)
    return larger, f(x, gamma, axes=axes, epsilon=epsilon)


def turns_with_the_sign(f, x, gamma, **settings):
    """The opposite input gives the opposite output."""
    return f(-x, gamma, **settings), -f(x, gamma, **settings)


def blind_to_the_rest_of_the_batch(f, x, gamma, **settings):
    """Another example in the batch changes nothing for this one."""
    together = f(np.stack([x, 3 * x**2 + 1]), gamma, **settings)
    return together[0], f(x, gamma, **settings)


def scaled_at_the_end(f, x, gamma, axes, epsilon):
    """Gamma multiplies the normalised example."""
    count = len(normalised_shape(x, gamma, None, axes))
    normal = f(x, None, axes=count, epsilon=epsilon)
    return f(x, gamma, axes=axes, epsilon=epsilon), normal if gamma is None else gamma * normal


def _terms(x, gamma, axes, epsilon):
    _, size = _normalised(x, normalised_shape(x, gamma, None, axes), epsilon)
    largest = 1 if gamma is None else np.abs(gamma).max(initial=0)
    return largest / size.min(initial=np.inf)


def _torch(torch, x, gamma, axes, epsilon):
    shape = normalised_shape(x, gamma, None, axes)
    return torch.nn.functional.rms_norm(x, shape, gamma, epsilon)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        blind_to_scale,
        turns_with_the_sign,
        blind_to_the_rest_of_the_batch,
        scaled_at_the_end,
    ),
    # Without gamma, nothing says that x has as many axes as are to be normalised.
    possible=lambda x, gamma, axes, epsilon: gamma is not None or axes <= x.ndim,
)
