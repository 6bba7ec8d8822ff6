"""Glorot (Xavier) normal initialiser.

    W = std z,   std = sqrt(2 / (fan_in + fan_out)),   z ~ N(0, 1)

The scale is a compromise that keeps the variance of activations and of gradients nearly constant
from layer to layer, for activations that are linear near 0. PyTorch samples from a normal
distribution. Keras samples from a normal distribution truncated at two of its standard deviations,
and rescales it to the same std. Noise with fewer than two axes raises ValueError.

    >>> forward(np.eye(2, 6))
    array([[0.5, 0. , 0. , 0. , 0. , 0. ],
           [0. , 0.5, 0. , 0. , 0. , 0. ]])

Source: Glorot and Bengio 2010, section 4.2.1; Vanschoren (001).
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.initialisers import fans
from reference.spec import Convention, Initialiser, Real


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    layout: Shaped[str, Convention(("in_out", "out_in"))] = "in_out",
) -> Shaped[Real, "... i o"]:
    fan_in, fan_out = fans.run(noise, layout=layout)
    return noise * math.sqrt(2 / (fan_in + fan_out))


def linear_in_the_noise(f, noise, layout):
    """Doubling the noise doubles the weights."""
    return f(2 * noise, layout=layout), 2 * f(noise, layout=layout)


def smaller_for_wider_layers(f, noise, layout):
    """Four times as many inputs and outputs halve the weights."""
    inputs, outputs = noise.shape[-2:]
    wide = f(np.tile(noise, (4, 4)), layout="in_out")
    return wide[..., :inputs, :outputs], f(noise, layout="in_out") / 2


def blind_to_direction(f, noise, layout):
    """Exchanging inputs and outputs transposes the weights and changes nothing else."""
    axes = (-2, -1) if layout == "in_out" else (0, 1)
    return f(np.swapaxes(noise, *axes), layout=layout), np.swapaxes(f(noise, layout=layout), *axes)


def counts_inputs_wherever_stored(f, noise, layout):
    """Reversing all axes and using the other layout gives the same weights, reversed."""
    return f(noise.T, layout="out_in"), f(noise, layout="in_out").T


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, layout: torch.nn.init.xavier_normal_(
        weight, generator=generator
    ),
    properties=(
        linear_in_the_noise,
        smaller_for_wider_layers,
        blind_to_direction,
        counts_inputs_wherever_stored,
    ),
)
