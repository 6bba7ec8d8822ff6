"""Glorot (Xavier) uniform initialiser.

    W = limit (2 u - 1),   limit = sqrt(6 / (fan_in + fan_out)),   u ~ U[0, 1)

The limit is sqrt(3) times the standard deviation of the normal form, so the variances agree.
The default of Keras.

Source: Glorot and Bengio 2010, eq. 16; Vanschoren (001).
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
    return (2 * noise - 1) * math.sqrt(6 / (fan_in + fan_out))


def centred(f, noise, layout):
    """Opposite draws give opposite weights: the mean is zero."""
    return f(1 - noise, layout=layout), -f(noise, layout=layout)


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
    noise="random",
    torch=lambda torch, weight, generator, layout: torch.nn.init.xavier_uniform_(
        weight, generator=generator
    ),
    laws=(centred, smaller_for_wider_layers, blind_to_direction, counts_inputs_wherever_stored),
    source="Glorot and Bengio 2010",
)
