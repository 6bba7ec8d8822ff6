"""Batch normalisation in training: each channel is normalised with the statistics of its batch.

    h = (x - mean) / sqrt(var + eps),   y = gamma h + beta     (forward, per channel)
    dL/dx = gamma / sqrt(var + eps) (g - mean(g) - h mean(g h))       (backward, g = dL/dy)
    dL/dgamma = sum g h,   dL/dbeta = sum g

Means and sums are taken over the batch and all axes after the channel axis. Channels are axis 1, as
in PyTorch; Keras has them last. Mean and variance depend on every x, which gives the two means in
the gradient. They remove the parts of the gradient that shift or scale a whole channel, because the
normalisation undoes such changes. According to lecture 001 this allows deeper networks, whose
gradients vanish or explode less easily. The variance is the biased one, divided by n. eps is 1e-5
here and in PyTorch, and 1e-3 in Keras. Without `affine`, PyTorch has gamma 1 and beta 0. One number
per channel has variance 0 and gives beta; PyTorch raises ValueError. An empty batch gives an empty
batch.

    >>> forward(np.array([[1.0], [3.0]]), np.array([2.0]), np.array([10.0])).round(4)
    array([[ 8.],
           [12.]])

Source: Ioffe and Szegedy 2015, algorithm 1; Vanschoren (001), "Batch Normalization".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "n c ..."],
    gamma: Shaped[Real, "c"],
    beta: Shaped[Real, "c"],
    *,
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
) -> Shaped[Real, "n c ..."]:
    y, _ = _normalised(x, epsilon)
    y *= along_channels(gamma, x)  # in place, as large arrays take longer to make than to fill
    y += along_channels(beta, x)
    return y


def backward(grad: Real, x: Real, gamma: Real, beta: Real, *, epsilon: float = 1e-5) -> Gradients:
    normal, spread = _normalised(x, epsilon)
    axes = all_but_channels(x)
    dgamma, dbeta = (grad * normal).sum(axis=axes), grad.sum(axis=axes)
    count = max(1, math.prod(x.shape[axis] for axis in axes))
    tilt, level = (along_channels(each / count, x) for each in (dgamma, dbeta))
    dx = grad - level
    normal *= tilt
    dx -= normal
    dx *= along_channels(gamma, x) / spread
    return dx, dgamma, dbeta


def all_but_channels(x: Real) -> tuple[int, ...]:
    return (0, *range(2, x.ndim))


def along_channels(each: Real, x: Real) -> Real:
    return np.reshape(each, (-1,) + (1,) * (x.ndim - 2))


def _normalised(x: Real, epsilon: float) -> tuple[Real, Real]:
    axes = all_but_channels(x)
    centred = x - x.mean(axis=axes, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=axes, keepdims=True) + epsilon)
    centred /= spread
    return centred, spread


def blind_to_a_shift_of_the_batch(f, x, gamma, beta, epsilon):
    """Adding one number to a whole channel changes nothing: a bias before it has no effect."""
    return f(x + 2.0, gamma, beta, epsilon=epsilon), f(x, gamma, beta, epsilon=epsilon)


def blind_to_scale(f, x, gamma, beta, epsilon):
    """Multiplying the input by 10 and epsilon by 100 changes nothing."""
    return f(10 * x, gamma, beta, epsilon=100 * epsilon), f(x, gamma, beta, epsilon=epsilon)


def mean_of_the_output_is_beta(f, x, gamma, beta, epsilon):
    """Whatever the input is, the mean of each output channel is beta."""
    return f(x, gamma, beta, epsilon=epsilon).mean(axis=all_but_channels(x)), beta


def _terms(x, gamma, beta, epsilon):
    _, spread = _normalised(x, epsilon)
    lost = 1 + np.abs(x) / spread  # of the digits, where the mean is subtracted
    return lost * np.maximum(1, np.abs(along_channels(gamma, x)) / spread)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=lambda torch, x, gamma, beta, epsilon: torch.nn.functional.batch_norm(
        x, None, None, gamma, beta, training=True, eps=epsilon
    ),
    properties=(blind_to_a_shift_of_the_batch, blind_to_scale, mean_of_the_output_is_beta),
    possible=lambda x, gamma, beta, epsilon: x.size > len(gamma),
)
