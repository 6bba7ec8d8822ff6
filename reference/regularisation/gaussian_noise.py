"""Gaussian noise: random numbers are added to the inputs in training, and nothing in testing.

    y = x + std z   in training                        (forward, z independent normal numbers)
    y = x           in testing
    dL/dx = g                                          (backward, g = dL/dy)

Noise on the inputs is a penalty on large weights: for a linear model and the squared error it is on
average the same as weight decay. `noise` holds z, which is drawn anew for each batch, with mean 0
and standard deviation 1; std is the standard deviation of what is added. Keras has this layer, with
std as `stddev` between 0 and 1; PyTorch has none.

    >>> import numpy as np
    >>> forward(np.array([1.0, 2.0, 3.0]), np.array([1.0, -2.0, 0.0]), std=0.5)
    array([1.5, 1. , 3. ])

Source: Bishop 1995, eq. 2; Goodfellow, Bengio, Courville 2016, section 7.5.
"""

import math
from typing import Annotated as Shaped

from reference.spec import Given, Gradients, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "..."],
    noise: Shaped[Real, "...", Given()],
    *,
    std: Shaped[float, Try((0.1, 0.5, 0.0)), Range(0, math.inf)],
    training: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Real, "..."]:
    return x + std * noise if training else 1 * x


@settings_of(forward)
def backward(grad: Real, x: Real, noise: Real, *, std: float, training: bool) -> Gradients:
    return (1 * grad,)


def testing_is_blind_to_the_noise(f, x, noise, *, std, training):
    """In testing nothing is added, whatever the noise is."""
    return f(x, noise, std=std, training=False), x


def opposite_noises_cancel(f, x, noise, *, std, training):
    """The average of the outputs for a noise and for its opposite is the input."""
    both = f(x, noise, std=std, training=training) + f(x, -noise, std=std, training=training)
    return both, 2 * x


def the_same_for_all_inputs(f, x, noise, *, std, training):
    """What is added does not depend on the input."""
    added = f(x, noise, std=std, training=training) - x
    return added, f(0 * x, noise, std=std, training=training)


def in_units_of_std(f, x, noise, *, std, training):
    """Twice the noise has the effect of twice the standard deviation."""
    louder = f(x, 2 * noise, std=std, training=training)
    return louder, f(x, noise, std=2 * std, training=training)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=lambda torch, x, noise, std, training: (
        torch.add(x, noise, alpha=std) if training else x.clone()
    ),
    properties=(
        testing_is_blind_to_the_noise,
        opposite_noises_cancel,
        the_same_for_all_inputs,
        in_units_of_std,
    ),
)
