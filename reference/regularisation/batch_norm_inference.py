"""Batch normalisation in inference: each channel by the averages kept from training.

    y = gamma (x - mean) / sqrt(var + eps) + beta              (forward, per channel)
    dL/dx = g gamma / sqrt(var + eps)                          (backward, g = dL/dy)
    dL/dgamma = sum g (x - mean) / sqrt(var + eps),   dL/dbeta = sum g

Mean and variance are fixed numbers, so an example is treated alike in any company and the layer is
one affine map per channel, which can be merged into the layer before it. Channels are axis 1, as
in torch; Keras has them last. The averages come from `batch_norm_running`.

Source: Ioffe and Szegedy 2015, algorithm 2; Vanschoren (001), "Batch Normalization".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.regularisation.batch_norm_train import all_but_channels, along_channels
from reference.spec import Between, Given, Gradients, Real, Spec, Try


def forward(
    x: Shaped[Real, "n c ..."],
    gamma: Shaped[Real, "c"],
    beta: Shaped[Real, "c"],
    mean: Shaped[Real, "c", Given()],
    variance: Shaped[Real, "c", Between(0, 4), Given()],
    *,
    epsilon: Shaped[float, Try((1e-5, 1e-3))] = 1e-5,
) -> Shaped[Real, "n c ..."]:
    # Merged, as deployed networks and torch do it: the bound then allows for both ways of rounding.
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
    """An input at the kept mean comes out at beta."""
    at_mean = 0 * x + along_channels(mean, x)
    ours = f(at_mean, gamma, beta, mean, variance, epsilon=epsilon)
    return ours, 0 * x + along_channels(beta, x)


def each_example_alone(f, x, gamma, beta, mean, variance, epsilon):
    """Examples do not see one another: reversing the batch reverses the outputs."""
    ours = f(x, gamma, beta, mean, variance, epsilon=epsilon)
    return f(x[::-1], gamma, beta, mean, variance, epsilon=epsilon), ours[::-1]


def undone_by_its_own_statistics(f, x, gamma, beta, mean, variance, epsilon):
    """With the kept mean as beta and the kept deviation as gamma nothing is changed."""
    return f(x, np.sqrt(variance + epsilon), mean, mean, variance, epsilon=epsilon), x


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, gamma, beta, mean, variance, epsilon: torch.nn.functional.batch_norm(
        x, mean, variance, gamma, beta, training=False, eps=epsilon
    ),
    laws=(the_mean_gives_beta, each_example_alone, undone_by_its_own_statistics),
    source="Ioffe and Szegedy 2015",
)
