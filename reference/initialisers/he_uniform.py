"""He (Kaiming) uniform initialiser, for ReLU.

    W = limit (2 u - 1),   limit = sqrt(6 / fan_in),   u ~ U[0, 1)

The limit is sqrt(3) times the standard deviation of the normal form, so the variances agree.

Source: He, Zhang, Ren, Sun 2015; Vanschoren (001).
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
    return (2 * noise - 1) * math.sqrt(6 / fan_in)


def centred(f, noise, layout):
    """Opposite draws give opposite weights: the mean is zero."""
    return f(1 - noise, layout=layout), -f(noise, layout=layout)


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
    noise="random",
    torch=lambda torch, weight, generator, layout: torch.nn.init.kaiming_uniform_(
        weight, generator=generator, nonlinearity="relu"
    ),
    laws=(centred, smaller_for_wider_inputs, counts_inputs_wherever_stored),
    source="He et al. 2015",
)
