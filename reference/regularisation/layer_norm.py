"""Layer normalisation: each example is normalised with its own mean and variance.

    h = (x - mean) / sqrt(var + eps),   y = gamma h + beta     (forward, per example)
    dL/dh = g gamma                                            (backward, g = dL/dy)
    dL/dx = (dL/dh - mean(dL/dh) - h mean(h dL/dh)) / sqrt(var + eps)
    dL/dgamma = sum g h,   dL/dbeta = sum g                    (over the examples)

The last axes are normalised: those that gamma and beta have, which is normalized_shape in PyTorch.
`axes` is their number where both are None. All axes before them count examples. In contrast to
batch normalisation, the examples of a batch have nothing to do with each other, and training and
use are the same. The variance is the biased one, divided by n. eps is 1e-5 here and in PyTorch, and
1e-3 in Keras. Without gamma there is no scale, and without beta no shift. One number per example
has variance 0 and gives beta. An empty batch gives an empty batch, and a shape of gamma or beta
that is not that of the last axes raises ValueError.

    >>> forward(np.array([[1.0, 3.0], [10.0, 90.0]]), np.array([2.0, 2.0]), None).round(3)
    array([[-2.,  2.],
           [-2.,  2.]])

Source: Ba, Kiros, Hinton 2016, section 3, eq. 3.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Convention, Maybe, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "... *d"],
    gamma: Shaped[Real | None, "*d", Maybe()],
    beta: Shaped[Real | None, "*d", Maybe()],
    *,
    axes: Shaped[int, Convention((1, 2))] = 1,
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
) -> Shaped[Real, "... *d"]:
    shape = normalised_shape(x, gamma, beta, axes)
    y = np.reshape(normalised(x, shape, epsilon)[0], x.shape)
    if gamma is not None:
        y *= gamma
    if beta is not None:
        y += beta
    return y


@settings_of(forward)
def backward(
    grad: Real, x: Real, gamma: Real | None, beta: Real | None, *, axes: int, epsilon: float
) -> tuple[Real | None, ...]:
    shape = normalised_shape(x, gamma, beta, axes)
    normal, spread = normalised(x, shape, epsilon)
    up = np.reshape(grad, normal.shape)
    dgamma = None if gamma is None else np.einsum("nd,nd->d", up, normal).reshape(shape)
    dbeta = None if beta is None else up.sum(axis=0).reshape(shape)
    dx = through(up * (1.0 if gamma is None else gamma.ravel()), normal, spread)
    return np.reshape(dx, x.shape), dgamma, dbeta


def through(dnormal: Real, normal: Real, spread: Real) -> Real:
    """The gradient of rows for that of the normalised rows. Writes into both arrays of rows."""
    dnormal -= mean_of_rows(dnormal)  # in place, as large arrays take longer to make than to fill
    normal *= mean_of_rows(normal, dnormal)
    dnormal -= normal
    dnormal *= 1 / spread
    return dnormal


def normalised_shape(
    x: Real, gamma: Real | None, beta: Real | None, axes: int = 1
) -> tuple[int, ...]:
    """The lengths of the axes that are normalised."""
    given = next((each for each in (gamma, beta) if each is not None), None)
    count = axes if given is None else given.ndim
    if not 0 < count <= x.ndim or not (given is None or given.shape == x.shape[-count:]):
        raise ValueError("gamma and beta have the last axes of x, of which there is at least one")
    return x.shape[-count:]


def mean_of_rows(a: Real, b: Real | None = None) -> Real:
    """The mean of each row of a, or of a b."""
    factors = np.ones_like(a, shape=a.shape[1]) if b is None else b
    return np.vecdot(a, factors)[:, None] / max(a.shape[1], 1)


def normalised(x: Real, shape: tuple[int, ...], epsilon: float) -> tuple[Real, Real]:
    """One row for each example, and the spread of each row before."""
    rows = np.reshape(x, (math.prod(x.shape[: -len(shape)]), math.prod(shape)))
    normal = rows - mean_of_rows(rows)
    spread = np.sqrt(mean_of_rows(normal, normal) + epsilon)
    normal *= 1 / spread
    return normal, spread


def blind_to_a_shift_of_an_example(f, x, gamma, beta, **settings):
    """Adding one number to a whole example changes nothing."""
    return f(x + 2.0, gamma, beta, **settings), f(x, gamma, beta, **settings)


def blind_to_scale(f, x, gamma, beta, axes, epsilon):
    """Multiplying the input by 4 and epsilon by 16 changes nothing."""
    larger = f(4 * x, gamma, beta, axes=axes, epsilon=16 * epsilon)
    return larger, f(x, gamma, beta, axes=axes, epsilon=epsilon)


def blind_to_the_rest_of_the_batch(f, x, gamma, beta, **settings):
    """Another example in the batch changes nothing for this one."""
    together = f(np.stack([x, 3 * x**2 + 1]), gamma, beta, **settings)
    return together[0], f(x, gamma, beta, **settings)


def mean_of_each_example_is_zero(f, x, gamma, beta, axes, epsilon):
    """Without gamma and beta, every example of the output has the mean 0."""
    last = tuple(range(-len(normalised_shape(x, gamma, beta, axes)), 0))
    normal = f(x, None, None, axes=len(last), epsilon=epsilon)
    return normal.mean(axis=last), 0 * x.mean(axis=last)


def scaled_and_shifted_at_the_end(f, x, gamma, beta, axes, epsilon):
    """Gamma multiplies the normalised example, then beta is added."""
    count = len(normalised_shape(x, gamma, beta, axes))
    normal = f(x, None, None, axes=count, epsilon=epsilon)
    scaled = normal if gamma is None else gamma * normal
    whole = f(x, gamma, beta, axes=axes, epsilon=epsilon)
    return whole, scaled if beta is None else scaled + beta


def _terms(x, gamma, beta, axes, epsilon):
    _, spread = normalised(x, normalised_shape(x, gamma, beta, axes), epsilon)
    least = spread.min(initial=np.inf)
    lost = 1 + np.abs(x).max(initial=0) / least  # of the digits, where the mean is subtracted
    steepest = (1 if gamma is None else np.abs(gamma).max(initial=0)) / least
    return lost * max(1.0, steepest)


def _torch(torch, x, gamma, beta, axes, epsilon):
    shape = normalised_shape(x, gamma, beta, axes)
    # Centred first: PyTorch's gradient loses digits where the mean is far larger than the spread.
    centred = x - x.mean(dim=tuple(range(-len(shape), 0)), keepdim=True)
    return torch.nn.functional.layer_norm(centred, shape, gamma, beta, eps=epsilon)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        blind_to_a_shift_of_an_example,
        blind_to_scale,
        blind_to_the_rest_of_the_batch,
        mean_of_each_example_is_zero,
        scaled_and_shifted_at_the_end,
    ),
    # Without gamma and beta, nothing says that x has as many axes as are to be normalised.
    possible=lambda x, gamma, beta, axes, epsilon: (
        gamma is not None or beta is not None or axes <= x.ndim
    ),
)
