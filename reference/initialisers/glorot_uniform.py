"""Glorot (Xavier) uniform initialiser.

    W = limit (2 u - 1),   limit = sqrt(6 / (fan_in + fan_out)),   u ~ U[0, 1)

The limit is sqrt(3) times the std of `glorot_normal`, so both have the same variance. This is the
default for dense and convolution kernels in Keras. Noise with fewer than two axes raises
ValueError.

    >>> forward(np.array([[0.0, 0.75]])).round(4)
    array([[-1.4142,  0.7071]])

Source: Glorot and Bengio 2010, eq. 16; Vanschoren (001).
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
    return (2 * noise - 1) * math.sqrt(6 / (fan_in + fan_out))


def centred(f, noise, layout):
    """Noise u and noise 1 - u give opposite weights, so the mean is zero."""
    return f(1 - noise, layout=layout), -f(noise, layout=layout)


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
    noise="random",
    torch=lambda torch, weight, generator, layout: torch.nn.init.xavier_uniform_(
        weight, generator=generator
    ),
    properties=(
        centred,
        smaller_for_wider_layers,
        blind_to_direction,
        counts_inputs_wherever_stored,
    ),
)
