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

from reference.initialisers import fans
from reference.spec import Initialiser, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    layout: Shaped[str, Try(("in_out", "out_in"))] = "in_out",
) -> Shaped[Real, "... i o"]:
    fan_in, fan_out = fans.run(noise, layout=layout)
    return noise * math.sqrt(2 / (fan_in + fan_out))


def linear_in_the_noise(f, noise, layout):
    """Twice the noise gives twice the weights: nothing is added."""
    return f(2 * noise, layout=layout), 2 * f(noise, layout=layout)


def smaller_for_wider_layers(f, noise, layout):
    """Four times the inputs and outputs halve the weights."""
    inputs, outputs = noise.shape[-2:]
    wide = f(np.tile(noise, (4, 4)), layout="in_out")
    return wide[..., :inputs, :outputs], f(noise, layout="in_out") / 2


def blind_to_direction(f, noise, layout):
    """Inputs and outputs count alike: exchanging them does so with the weights, and no more."""
    axes = (-2, -1) if layout == "in_out" else (0, 1)
    return f(np.swapaxes(noise, *axes), layout=layout), np.swapaxes(f(noise, layout=layout), *axes)


def counts_inputs_wherever_stored(f, noise, layout):
    """All axes in reverse and the other layout: the same weights, reversed."""
    return f(noise.T, layout="out_in"), f(noise, layout="in_out").T


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, layout: torch.nn.init.xavier_normal_(
        weight, generator=generator
    ),
    laws=(
        linear_in_the_noise,
        smaller_for_wider_layers,
        blind_to_direction,
        counts_inputs_wherever_stored,
    ),
    source="Glorot and Bengio 2010",
)
