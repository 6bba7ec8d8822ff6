"""He (Kaiming) normal initialiser, for ReLU.

    W = std z,   std = sqrt(2 / fan_in),   z ~ N(0, 1)

ReLU passes half of the variance on, and the 2 makes up for it. Only the inputs count: the
number of outputs does not change the sum each one is.

Source: He, Zhang, Ren, Sun 2015, eq. 10; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.initialisers import fans
from reference.spec import Initialiser, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    layout: Shaped[str, Try(("in_out", "out_in"))] = "in_out",
) -> Shaped[Real, "... i o"]:
    fan_in, _ = fans.run(noise, layout=layout)
    return noise * math.sqrt(2 / fan_in)


def linear_in_the_noise(f, noise, layout):
    """Twice the noise gives twice the weights: nothing is added."""
    return f(2 * noise, layout=layout), 2 * f(noise, layout=layout)


def smaller_for_wider_inputs(f, noise, layout):
    """Four times the inputs halve the weights; more outputs leave them as they are."""
    inputs, outputs = noise.shape[-2:]
    wide = f(np.tile(noise, (4, 3)), layout="in_out")
    return wide[..., :inputs, :outputs], f(noise, layout="in_out") / 2


def counts_inputs_wherever_stored(f, noise, layout):
    """All axes in reverse and the other layout: the same weights, reversed."""
    return f(noise.T, layout="out_in"), f(noise, layout="in_out").T


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, layout: torch.nn.init.kaiming_normal_(
        weight, generator=generator, nonlinearity="relu"
    ),
    laws=(linear_in_the_noise, smaller_for_wider_inputs, counts_inputs_wherever_stored),
    source="He et al. 2015",
)
