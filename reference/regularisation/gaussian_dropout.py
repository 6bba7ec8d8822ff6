"""Gaussian dropout: each input is multiplied by a random number around 1 in training.

    y = x (1 + s z)   in training                      (forward, z independent normal numbers)
    y = x             in testing
    s = sqrt(rate / (1 - rate))
    dL/dx = g (1 + s z)   or   g                       (backward, g = dL/dy)

The factor has the mean and the variance of that of `dropout_inverted` with the same rate, which is
1 / (1 - rate) with probability 1 - rate and else 0; but nothing is dropped altogether. `noise`
holds z, which is drawn anew for each batch, with mean 0 and standard deviation 1. Keras has this
layer; PyTorch has none. A rate of 1 divides by 0.

    >>> import numpy as np
    >>> forward(np.array([1.0, 2.0, 3.0]), np.array([1.0, -2.0, 0.0]), rate=0.2)
    array([1.5, 0. , 3. ])

Source: Srivastava et al. 2014, section 10.
"""

import math
from typing import Annotated as Shaped

from reference.spec import Given, Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "..."],
    noise: Shaped[Real, "...", Given()],
    *,
    rate: Shaped[float, Try((0.5, 0.0, 0.3)), Range(0, 1)],
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "..."]:
    return x * (1 + math.sqrt(rate / (1 - rate)) * noise) if training else 1 * x


@settings_of(forward)
def backward(grad: Real, x: Real, noise: Real, *, rate: float, training: bool) -> Gradients:
    return (forward(grad, noise, rate=rate, training=training),)


def testing_is_blind_to_the_noise(f, x, noise, *, rate, training):
    """In testing nothing changes, whatever the noise is."""
    return f(x, noise, rate=rate, training=False), x


def opposite_noises_cancel(f, x, noise, *, rate, training):
    """The average of the outputs for a noise and for its opposite is the input."""
    both = f(x, noise, rate=rate, training=training) + f(x, -noise, rate=rate, training=training)
    return both, 2 * x


def proportional_to_the_input(f, x, noise, *, rate, training):
    """Each input is multiplied by a factor that does not depend on it."""
    factor = f(1 + 0 * x, noise, rate=rate, training=training)
    return f(x, noise, rate=rate, training=training), factor * x


def as_varied_as_dropout(f, x, noise, *, rate, training):
    """One standard deviation of noise moves an input by that of inverted dropout."""
    moved = f(x, 1 + 0 * noise, rate=rate, training=True) - x
    return moved * moved * (1 - rate), rate * x * x, 32 * (x * x).max(initial=0)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, noise, rate, training: (
        x * torch.add(torch.ones_like(noise), noise, alpha=(rate / (1 - rate)) ** 0.5)
        if training
        else x.clone()
    ),
    properties=(
        testing_is_blind_to_the_noise,
        opposite_noises_cancel,
        proportional_to_the_input,
        as_varied_as_dropout,
    ),
)
