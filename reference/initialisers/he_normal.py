"""He (Kaiming) normal initialiser, for ReLU.

    W = std z,   std = sqrt(2 / fan_in),   z ~ N(0, 1)

ReLU passes half of the variance on, and the 2 makes up for it. Only the inputs count: the
number of outputs does not change the sum each one is.

Source: He, Zhang, Ren, Sun 2015, eq. 10; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "i o"]) -> Shaped[Real, "i o"]:
    return noise * math.sqrt(2 / len(noise))


def linear_in_the_noise(f, noise):
    """Twice the noise gives twice the weights: nothing is added."""
    return f(2 * noise), 2 * f(noise)


def smaller_for_wider_inputs(f, noise):
    """Four times the inputs halve the weights; more outputs leave them as they are."""
    return f(np.tile(noise, (4, 3)))[: len(noise), : noise.shape[1]], f(noise) / 2


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator: torch.nn.init.kaiming_normal_(
        weight, generator=generator, nonlinearity="relu"
    ),
    laws=(linear_in_the_noise, smaller_for_wider_inputs),
    source="He et al. 2015",
)
