"""Local response normalisation: a channel is damped by the strength of its neighbours.

    s[c] = k + alpha / size sum_j x[c + j]^2,   y[c] = x[c] / s[c]^beta    (forward, at each place)
    dL/dx[c] = g[c] / s[c]^beta
               - 2 alpha beta / size x[c] sum_j g[c - j] x[c - j] / s[c - j]^(beta + 1)
                                                                           (backward, g = dL/dy)

Images have shape (n, c, *axes) with one to three axes, as in PyTorch; TensorFlow has the channels
last. The sum runs over `size` channels at the same place, from j = -floor(size / 2) to
j = ceil(size / 2) - 1. There are no channels before the first and after the last, so they add
nothing, but `size` stays the divisor. The names and defaults of alpha, beta and k are those of
PyTorch. The paper, and TensorFlow, do not divide by the size: their alpha is alpha / size here. It
was an early way to let few channels answer to each place of an image; batch normalisation has
replaced it.

A size below 1 and an image without axes raise ValueError. An empty batch gives an empty batch.

    >>> x = np.array([[[3.0], [4.0], [0.0]]])
    >>> forward(x, size=3, alpha=3.0, beta=0.5, k=0.0).round(3).ravel()
    array([0.6, 0.8, 0. ])

Source: Krizhevsky, Sutskever, Hinton 2012, section 3.3.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.spec import Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n c *h"],
    *,
    size: Shaped[int, Try((3, 2, 5)), Range(1, 7)],
    alpha: Shaped[float, Try((1e-4, 0.5)), Range(0, math.inf)] = 1e-4,
    beta: Shaped[float, Try((0.75, 0.5)), Range(0, 2)] = 0.75,
    k: Shaped[float, Try((1.0, 2.0)), Range(0, math.inf)] = 1.0,
) -> Shaped[Real, "n c *h"]:
    return x / strength(x, size, alpha, k) ** beta


@settings_of(forward)
def backward(grad: Real, x: Real, *, size: int, alpha: float, beta: float, k: float) -> Gradients:
    s = strength(x, size, alpha, k)
    direct = grad / s**beta
    reached = over_channels(direct * x / s, (size - 1) // 2, size // 2)  # the transpose
    return (direct - 2 * alpha * beta / size * x * reached,)


def strength(x: Real, size: int, alpha: float, k: float) -> Real:
    """What the power beta of divides each entry."""
    if size < 1 or x.ndim < 3:
        raise ValueError(f"a size of {size} and an image of shape {x.shape} cannot be normalised")
    return k + alpha / size * over_channels(x * x, size // 2, (size - 1) // 2)


def over_channels(x: Real, before: int, after: int) -> Real:
    """The sum of each channel and so many channels before and after it."""
    channels = x.shape[1]
    wide = np.pad(x, [(0, 0), (before, after), *[(0, 0)] * (x.ndim - 2)])
    total: Any = sum(wide[:, j : j + channels] for j in range(before + 1 + after))
    return total


def far_channels_do_not_matter(f, x, *, size, **settings):
    """A channel further away than the size changes nothing."""
    beside = np.concatenate([x, np.zeros_like(x, shape=(len(x), size, *x.shape[2:])), 3 * x], 1)
    return f(beside, size=size, **settings)[:, : x.shape[1]], f(x, size=size, **settings)


def turns_with_the_sign(f, x, **settings):
    """The opposite image gives the opposite output."""
    return f(-x, **settings), -f(x, **settings)


def blind_to_scale_with_alpha(f, x, *, alpha, **settings):
    """Twice the image with a quarter of alpha has twice the output."""
    return f(2 * x, alpha=alpha / 4, **settings), 2 * f(x, alpha=alpha, **settings)


def each_place_by_itself(f, x, **settings):
    """The mirrored image gives the mirrored output."""
    turned = (..., *[slice(None, None, -1)] * (x.ndim - 2))
    return f(x[turned], **settings), f(x, **settings)[turned]


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, **settings: torch.nn.functional.local_response_norm(x, **settings),
    properties=(
        far_channels_do_not_matter,
        turns_with_the_sign,
        blind_to_scale_with_alpha,
        each_place_by_itself,
    ),
)
