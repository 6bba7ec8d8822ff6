"""Glorot (Xavier) normal initialiser.

    W = std z,   std = sqrt(2 / (fan_in + fan_out)),   z ~ N(0, 1)

Keeps the size of activations and of gradients, as well as one number can, for activations that
are linear near 0. torch draws a plain normal, Keras a normal cut at two of its own standard
deviations and rescaled to the same std.

Source: Glorot and Bengio 2010, section 4.2.1; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "i o"]) -> Shaped[Real, "i o"]:
    fan_in, fan_out = noise.shape
    return noise * math.sqrt(2 / (fan_in + fan_out))


def linear_in_the_noise(f, noise):
    """Twice the noise gives twice the weights: nothing is added."""
    return f(2 * noise), 2 * f(noise)


def smaller_for_wider_layers(f, noise):
    """Four times the inputs and outputs halve the weights."""
    return f(np.tile(noise, (4, 4)))[: len(noise), : noise.shape[1]], f(noise) / 2


def blind_to_direction(f, noise):
    """Inputs and outputs count alike: the transposed layer has the transposed weights."""
    return f(noise.T), f(noise).T


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator: torch.nn.init.xavier_normal_(
        weight, generator=generator
    ),
    laws=(linear_in_the_noise, smaller_for_wider_layers, blind_to_direction),
    source="Glorot and Bengio 2010",
)
