"""Instance normalisation: each channel of each example has its own mean and variance.

    h = (x - mean) / sqrt(var + eps),   y = gamma h + beta     (forward, per example and channel)
    dL/dh = g gamma                                            (backward, g = dL/dy)
    dL/dx = (dL/dh - mean(dL/dh) - h mean(h dL/dh)) / sqrt(var + eps)
    dL/dgamma = sum g h,   dL/dbeta = sum g                    (over examples and places)

Images have shape (n, c, *axes), as in PyTorch; Keras has the channels last. Mean and variance run
over the places of one channel of one example, which removes the contrast of each image. gamma and
beta have one number for each channel, and either may be None, as in PyTorch, whose InstanceNorm1d
to 3d have none unless `affine` is set. The variance is the biased one, divided by n. eps is 1e-5
here and in PyTorch, and 1e-3 in Keras. One place per channel has variance 0 and gives beta; PyTorch
raises ValueError.

Training and use are the same. PyTorch can average the statistics in training, with
`track_running_stats`: this is `instance_norm_running`. Use is then `batch_norm_inference` with
these averages. A gamma or beta with another number of entries raises ValueError. An empty batch
gives an empty batch.

    >>> import numpy as np
    >>> forward(np.array([[[1.0, 3.0], [10.0, 90.0]]]), np.array([1.0, 2.0]), None).round(3)
    array([[[-1.,  1.],
            [-2.,  2.]]])

Source: Ulyanov, Vedaldi, Lempitsky 2016, eq. 4, "contrast normalization".
"""

import math
from typing import Annotated as Shaped

from reference.regularisation import group_norm
from reference.regularisation.batch_norm_train import along_channels
from reference.spec import Maybe, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n c *h"],
    gamma: Shaped[Real | None, "c", Maybe()],
    beta: Shaped[Real | None, "c", Maybe()],
    *,
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
) -> Shaped[Real, "n c *h"]:
    return group_norm.forward(x, gamma, beta, groups=_channels(x), epsilon=epsilon)


@settings_of(forward)
def backward(
    grad: Real, x: Real, gamma: Real | None, beta: Real | None, *, epsilon: float
) -> tuple[Real | None, ...]:
    return group_norm.backward(grad, x, gamma, beta, groups=_channels(x), epsilon=epsilon)


def _channels(x: Real) -> int:
    return max(x.shape[1], 1)  # no channels are one group of none


def blind_to_the_level_of_each_channel(f, x, gamma, beta, epsilon):
    """Adding another number to each channel of each example changes nothing."""
    levels = x.sum(axis=tuple(range(2, x.ndim)), keepdims=True)
    return f(x + levels, gamma, beta, epsilon=epsilon), f(x, gamma, beta, epsilon=epsilon)


def blind_to_scale(f, x, gamma, beta, epsilon):
    """Multiplying the input by 4 and epsilon by 16 changes nothing."""
    return f(4 * x, gamma, beta, epsilon=16 * epsilon), f(x, gamma, beta, epsilon=epsilon)


def mean_of_each_channel_is_beta(f, x, gamma, beta, epsilon):
    """Whatever the input is, the mean of each channel of each example is beta."""
    y = f(x, gamma, beta, epsilon=epsilon)
    level = 0 * y if beta is None else 0 * y + along_channels(beta, x)
    axes = tuple(range(2, x.ndim))
    return y.mean(axis=axes), level.mean(axis=axes)


def order_of_places_does_not_matter(f, x, gamma, beta, epsilon):
    """The mirrored image gives the mirrored output."""
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    return f(x[turned], gamma, beta, epsilon=epsilon), f(x, gamma, beta, epsilon=epsilon)[turned]


def _terms(x, gamma, beta, epsilon):
    return group_norm.sizes_of_terms(x, gamma, groups=_channels(x), epsilon=epsilon)


def _torch(torch, x, gamma, beta, epsilon):
    if x.numel():
        # Centred first: PyTorch's gradient loses digits where the mean is far larger than the
        # spread. The module refuses a single place, and this function does not.
        x = x - x.mean(dim=tuple(range(2, x.ndim)), keepdim=True)
    return torch.instance_norm(x, gamma, beta, None, None, True, 0.1, epsilon, False)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=_terms,
    torch=_torch,
    properties=(
        blind_to_the_level_of_each_channel,
        blind_to_scale,
        mean_of_each_channel_is_beta,
        order_of_places_does_not_matter,
    ),
)
