"""Batch normalisation for inference: each channel is normalised with its running averages.

    y = gamma (x - mean) / sqrt(var + eps) + beta              (forward, per channel)
    dL/dx = g gamma / sqrt(var + eps)                          (backward, g = dL/dy)
    dL/dgamma = sum g (x - mean) / sqrt(var + eps),   dL/dbeta = sum g

Mean and variance are fixed numbers, so the result for an example does not depend on the rest of the
batch. The layer is one affine map per channel, which can be merged into the layer before it.
Channels are axis 1, as in PyTorch; Keras has them last. epsilon is 1e-5 here and in PyTorch, and
1e-3 in Keras. The averages come from `batch_norm_running`. An empty batch gives an empty batch.
With gamma 3, beta 10, mean 1 and variance 4:

    >>> forward(np.array([[5.0], [1.0], [-3.0]]), *np.array([[3.0], [10], [1], [4]])).round(4)
    array([[16.],
           [10.],
           [ 4.]])

Source: Ioffe and Szegedy 2015, algorithm 2; Vanschoren (001), "Batch Normalization".
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.regularisation.batch_norm_train import all_but_channels, along_channels
from reference.spec import Between, Given, Gradients, Range, Real, Spec, Try


def forward(
    x: Shaped[Real, "n c ..."],
    gamma: Shaped[Real, "c"],
    beta: Shaped[Real, "c"],
    mean: Shaped[Real, "c", Given()],
    variance: Shaped[Real, "c", Between(0, 4), Given()],
    *,
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
) -> Shaped[Real, "n c ..."]:
    # Merged, as in deployed networks and torch: the error bound then covers both ways of rounding.
    slope = gamma / np.sqrt(variance + epsilon)
    return along_channels(slope, x) * x + along_channels(beta - slope * mean, x)


def backward(
    grad: Real,
    x: Real,
    gamma: Real,
    beta: Real,
    mean: Real,
    variance: Real,
    *,
    epsilon: float = 1e-5,
) -> Gradients:
    spread = np.sqrt(along_channels(variance, x) + epsilon)
    normal = (x - along_channels(mean, x)) / spread
    axes = all_but_channels(x)
    dx = grad * along_channels(gamma, x) / spread
    return dx, (grad * normal).sum(axis=axes), grad.sum(axis=axes)


def the_mean_gives_beta(f, x, gamma, beta, mean, variance, epsilon):
    """An input equal to the running mean gives beta."""
    at_mean = 0 * x + along_channels(mean, x)
    ours = f(at_mean, gamma, beta, mean, variance, epsilon=epsilon)
    return ours, 0 * x + along_channels(beta, x)


def each_example_alone(f, x, gamma, beta, mean, variance, epsilon):
    """Examples do not affect each other: reversing the batch reverses the outputs."""
    ours = f(x, gamma, beta, mean, variance, epsilon=epsilon)
    return f(x[::-1], gamma, beta, mean, variance, epsilon=epsilon), ours[::-1]


def undone_by_its_own_statistics(f, x, gamma, beta, mean, variance, epsilon):
    """With beta = mean and gamma = sqrt(variance + epsilon), nothing changes."""
    return f(x, np.sqrt(variance + epsilon), mean, mean, variance, epsilon=epsilon), x


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, gamma, beta, mean, variance, epsilon: torch.nn.functional.batch_norm(
        x, mean, variance, gamma, beta, training=False, eps=epsilon
    ),
    properties=(the_mean_gives_beta, each_example_alone, undone_by_its_own_statistics),
)
