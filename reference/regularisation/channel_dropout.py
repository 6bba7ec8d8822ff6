"""Channel dropout: whole channels are dropped in training, and the others are enlarged.

    y[n, c, i] = x[n, c, i] m[n, c] / (1 - rate)   in training     (forward, m = 1 for what is kept)
    y = x                                          in testing
    dL/dx[n, c, i] = g[n, c, i] m[n, c] / (1 - rate)   or   g      (backward, g = dL/dy)

In an image, neighbouring entries say nearly the same: if each were dropped on its own, the others
would still tell it. So a mask has one entry for each example and channel. Images have shape
(n, c, *axes) with one to three axes, as in Dropout1d to Dropout3d of PyTorch; SpatialDropout of
Keras has the channels last. `rate` is the probability that a channel is dropped. A rate of 1 gives
nan (0 / 0); PyTorch returns zeros. A dropped infinity gives nan, because inf times 0 is nan.

    >>> forward(np.array([[[1.0, 2.0], [3.0, 4.0]]]), np.array([[0, 1]]), rate=0.5)
    array([[[0., 0.],
            [6., 8.]]])

Source: Tompson et al. 2015, section 3.2, "SpatialDropout".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.regularisation import dropout_inverted
from reference.spec import Below, Gradients, Index, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n c *h"],
    mask: Shaped[Index, "n c", Below("2")],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)] = 0.5,
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "n c *h"]:
    return dropout_inverted.forward(x, of_channels(mask, x), rate=rate, training=training)


@settings_of(forward)
def backward(grad: Real, x: Real, mask: Index, *, rate: float, training: bool) -> Gradients:
    return (forward(grad, mask, rate=rate, training=training),)


def of_channels(mask: Index, x: Real) -> Index:
    """The mask with an axis of length 1 for each axis that x has more."""
    if mask.shape != x.shape[:2]:
        raise ValueError(f"a mask of {mask.shape} does not match an image of {x.shape}")
    return np.reshape(mask, mask.shape + (1,) * (x.ndim - 2))


def testing_is_blind_to_the_mask(f, x, mask, **settings):
    """In testing nothing is dropped, whatever the mask is."""
    return f(x, mask, **{**settings, "training": False}), x


def a_mask_and_its_complement(f, x, mask, *, rate, training):
    """In training, a mask's output plus its complement's output is x / (1 - rate)."""
    both = f(x, mask, rate=rate, training=True) + f(x, 1 - mask, rate=rate, training=True)
    return both * (1 - rate), x


def a_channel_is_dropped_whole(f, x, mask, *, rate, training):
    """A channel is dropped or kept with all its entries."""
    shares = f(np.ones_like(x), mask, rate=rate, training=True)
    return shares, 0 * x + shares[(..., *[slice(0, 1)] * (x.ndim - 2))]


def _torch(torch, x, mask, rate, training):
    if not training:
        return getattr(torch.nn.functional, f"dropout{x.ndim - 2}d")(x, rate, training=False)
    kept = mask.to(x.dtype).reshape(*mask.shape, *[1] * (x.ndim - 2))
    return x * kept / (1 - rate)  # as dropout1d to dropout3d multiply by their noise


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        testing_is_blind_to_the_mask,
        a_mask_and_its_complement,
        a_channel_is_dropped_whole,
    ),
)
