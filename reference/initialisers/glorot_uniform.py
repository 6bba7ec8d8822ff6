"""Glorot (Xavier) uniform initialiser.

    W = limit (2 u - 1),   limit = sqrt(6 / (fan_in + fan_out)),   u ~ U[0, 1)

The limit is sqrt(3) times the standard deviation of the normal form, so the variances agree.
The default of Keras.

Source: Glorot and Bengio 2010, eq. 16; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "i o"]) -> Shaped[Real, "i o"]:
    fan_in, fan_out = noise.shape
    return (2 * noise - 1) * math.sqrt(6 / (fan_in + fan_out))


def centred(f, noise):
    """Opposite draws give opposite weights: the mean is zero."""
    return f(1 - noise), -f(noise)


def smaller_for_wider_layers(f, noise):
    """Four times the inputs and outputs halve the weights."""
    return f(np.tile(noise, (4, 4)))[: len(noise), : noise.shape[1]], f(noise) / 2


def blind_to_direction(f, noise):
    """Inputs and outputs count alike: the transposed layer has the transposed weights."""
    return f(noise.T), f(noise).T


SPEC = Initialiser(
    forward=forward,
    noise="random",
    torch=lambda torch, weight, generator: torch.nn.init.xavier_uniform_(
        weight, generator=generator
    ),
    laws=(centred, smaller_for_wider_layers, blind_to_direction),
    source="Glorot and Bengio 2010",
)
