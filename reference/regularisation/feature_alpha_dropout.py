"""Alpha dropout by channels: whole channels become the least value of SELU.

    y[n, c, i] = a (x[n, c, i] m[n, c] + s (1 - m[n, c])) + b   in training       (forward)
    y = x                                                       in testing
    a = 1 / sqrt((1 - rate) (1 + rate s^2)),   b = -a rate s
    dL/dx[n, c, i] = g[n, c, i] a m[n, c]   or   g                        (backward, g = dL/dy)

It is alpha dropout with one entry of the mask for each example and channel, m = 1 for what is kept,
and s = -1.7580993408473766. Images have shape (n, c, *axes) with one to three axes, as in
FeatureAlphaDropout of PyTorch; Keras has no such layer, but AlphaDropout with a noise_shape. `rate`
is the probability that a channel is dropped. A rate of 1 divides by 0; PyTorch returns zeros.

    >>> import numpy as np
    >>> forward(np.array([[[1.0, 2.0], [3.0, 4.0]]]), np.array([[0, 1]]), rate=0.5).round(3)
    array([[[-0.779, -0.779],
            [ 3.438,  4.325]]])

Source: Klambauer et al. 2017, section 3; Tompson et al. 2015, section 3.2.
"""

import math
from typing import Annotated as Shaped

from reference.regularisation import alpha_dropout
from reference.regularisation.channel_dropout import of_channels
from reference.spec import Below, Gradients, Index, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n c *h"],
    mask: Shaped[Index, "n c", Below("2")],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)] = 0.5,
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "n c *h"]:
    return alpha_dropout.forward(x, of_channels(mask, x), rate=rate, training=training)


@settings_of(forward)
def backward(grad: Real, x: Real, mask: Index, *, rate: float, training: bool) -> Gradients:
    channels = of_channels(mask, x)
    return alpha_dropout.backward(grad, x, channels, rate=rate, training=training)


def testing_is_blind_to_the_mask(f, x, mask, **settings):
    """In testing nothing is dropped, whatever the mask is."""
    return f(x, mask, **{**settings, "training": False}), x


def a_dropped_channel_has_one_value(f, x, mask, *, rate, training):
    """All entries of a dropped channel have the same value, whatever the input."""
    y = f(x, 0 * mask, rate=rate, training=True)
    return y, 0 * x + f(0 * x, 0 * mask, rate=rate, training=True)[..., :1]


def as_without_channels_for_a_mask_of_ones(f, x, mask, *, rate, training):
    """If all channels are kept, it is alpha dropout that keeps all entries."""
    whole = alpha_dropout.forward(x, 1 + 0 * (x == 0), rate=rate, training=training)
    return f(x, 1 + 0 * mask, rate=rate, training=training), whole


def _torch(torch, x, mask, rate, training):
    if not training:
        return torch.nn.functional.feature_alpha_dropout(x, rate, training=False)
    s = torch.selu(torch.tensor(-math.inf, dtype=torch.float64)).item()
    scale = ((s**2 * rate + 1) * (1 - rate)) ** -0.5
    kept = mask.to(x.dtype).reshape(*mask.shape, *[1] * (x.ndim - 2))
    return x * kept * scale + (kept - 1) * -s * scale - s * scale * rate


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        testing_is_blind_to_the_mask,
        a_dropped_channel_has_one_value,
        as_without_channels_for_a_mask_of_ones,
    ),
)
