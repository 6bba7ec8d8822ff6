"""Alpha dropout: dropped entries become the least value of SELU, and mean and variance stay.

    y = a (x m + s (1 - m)) + b   in training              (forward, m = 1 for what is kept, else 0)
    y = x                         in testing
    a = 1 / sqrt((1 - rate) (1 + rate s^2)),   b = -a rate s
    dL/dx = g a m   or   g                                 (backward, g = dL/dy)

s = -1.7580993408473766 is what SELU tends to for very negative inputs. Entries with mean 0 and
variance 1, as SELU keeps them, have that mean and variance afterwards too, whatever the rate; zeros
in place of s would break this. `rate` is the probability that an entry is dropped. A rate of 1
divides by 0; PyTorch returns zeros. Keras has the same.

    >>> import numpy as np
    >>> forward(np.array([1.0, 2.0]), np.array([1, 0]), rate=0.5).round(3)
    array([ 1.666, -0.779])

Source: Klambauer et al. 2017, section 3, "alpha dropout".
"""

import math
from typing import Annotated as Shaped

from reference.spec import Below, Gradients, Index, Range, Real, Spec, Try, settings_of

SATURATED = -1.7580993408473766  # minus scale times alpha of SELU


def forward(
    x: Shaped[Real, "..."],
    mask: Shaped[Index, "...", Below("2")],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)] = 0.5,
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "..."]:
    if not training:
        return 1 * x
    scale, shift = _affine(rate)
    kept = mask.astype(x.dtype)
    return scale * (x * kept + SATURATED * (1 - kept)) + shift


@settings_of(forward)
def backward(grad: Real, x: Real, mask: Index, *, rate: float, training: bool) -> Gradients:
    return (grad * mask.astype(grad.dtype) * _affine(rate)[0] if training else 1 * grad,)


def _affine(rate: float) -> tuple[float, float]:
    """Scale and shift that restore mean and variance."""
    scale = 1 / math.sqrt((1 - rate) * (1 + rate * SATURATED**2))
    return scale, -scale * rate * SATURATED


def testing_is_blind_to_the_mask(f, x, mask, **settings):
    """In testing nothing is dropped, whatever the mask is."""
    return f(x, mask, **{**settings, "training": False}), x


def dropped_is_as_good_as_saturated(f, x, mask, *, rate, training):
    """A dropped entry has the value of a kept one that has reached the least value of SELU."""
    dropped = f(x, 0 * mask, rate=rate, training=True)
    return dropped, f(0 * x + SATURATED, 1 + 0 * mask, rate=rate, training=True)


def kept_entries_are_on_a_line(f, x, mask, *, rate, training):
    """Kept entries are scaled and shifted, all in the same way."""
    kept = 1 + 0 * mask
    below, at, above = (f(v, kept, rate=rate, training=True) for v in (x, x + 1, x + 2))
    return below + above, 2 * at


def dropped_entries_do_not_depend_on_the_input(f, x, mask, *, rate, training):
    """A dropped entry has the same value for every input."""
    nothing = 0 * mask
    return f(x, nothing, rate=rate, training=True), f(0 * x, nothing, rate=rate, training=True)


def _torch(torch, x, mask, rate, training):
    if not training:
        return torch.nn.functional.alpha_dropout(x, rate, training=False)
    s = torch.selu(torch.tensor(-math.inf, dtype=torch.float64)).item()
    scale = ((s**2 * rate + 1) * (1 - rate)) ** -0.5
    kept = mask.to(x.dtype)
    return x * kept * scale + (kept - 1) * -s * scale - s * scale * rate


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        testing_is_blind_to_the_mask,
        dropped_is_as_good_as_saturated,
        kept_entries_are_on_a_line,
        dropped_entries_do_not_depend_on_the_input,
    ),
)
