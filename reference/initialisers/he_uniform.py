"""He (Kaiming) uniform initialiser, for ReLU.

    W = limit (2 u - 1),   limit = sqrt(6 / fan_in),   u ~ U[0, 1)

The limit is sqrt(3) times the standard deviation of the normal form, so the variances agree.

Source: He, Zhang, Ren, Sun 2015; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "i o"]) -> Shaped[Real, "i o"]:
    return (2 * noise - 1) * math.sqrt(6 / len(noise))


def centred(f, noise):
    """Opposite draws give opposite weights: the mean is zero."""
    return f(1 - noise), -f(noise)


def smaller_for_wider_inputs(f, noise):
    """Four times the inputs halve the weights; more outputs leave them as they are."""
    return f(np.tile(noise, (4, 3)))[: len(noise), : noise.shape[1]], f(noise) / 2


SPEC = Initialiser(
    forward=forward,
    noise="random",
    torch=lambda torch, weight, generator: torch.nn.init.kaiming_uniform_(
        weight, generator=generator, nonlinearity="relu"
    ),
    laws=(centred, smaller_for_wider_inputs),
    source="He et al. 2015",
)
