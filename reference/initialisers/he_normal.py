"""He (Kaiming) normal initialiser, for ReLU.

    W = std z,   std = sqrt(2 / fan_in),   z ~ N(0, 1)

ReLU halves the mean square of an input that is symmetric about 0, and the factor 2 compensates for
this. Only the number of inputs matters, because each output is a sum over the inputs. PyTorch
samples from a normal distribution (`kaiming_normal_` with nonlinearity "relu"), and Keras from one
truncated at two of its standard deviations and rescaled to the same std: none of its weights is
beyond 2.27 std, while 2.3 % are here. Noise with fewer than two axes raises ValueError.

    >>> forward(np.eye(2, 8), layout="out_in")
    array([[0.5, 0. , 0. , 0. , 0. , 0. , 0. , 0. ],
           [0. , 0.5, 0. , 0. , 0. , 0. , 0. , 0. ]])

Source: He, Zhang, Ren, Sun 2015, eq. 10; Vanschoren (001).
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
    fan_in, _ = fans.run(noise, layout=layout)
    return noise * math.sqrt(2 / max(fan_in, 1))


def linear_in_the_noise(f, noise, layout):
    """Doubling the noise doubles the weights."""
    return f(2 * noise, layout=layout), 2 * f(noise, layout=layout)


def smaller_for_wider_inputs(f, noise, layout):
    """Four times as many inputs halve the weights, and more outputs change nothing."""
    inputs, outputs = noise.shape[-2:]
    wide = f(np.tile(noise, (4, 3)), layout="in_out")
    return wide[..., :inputs, :outputs], f(noise, layout="in_out") / 2


def counts_inputs_wherever_stored(f, noise, layout):
    """Reversing all axes and using the other layout gives the same weights, reversed."""
    return f(noise.T, layout="out_in"), f(noise, layout="in_out").T


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, layout: torch.nn.init.kaiming_normal_(
        weight, generator=generator, nonlinearity="relu"
    ),
    properties=(linear_in_the_noise, smaller_for_wider_inputs, counts_inputs_wherever_stored),
)
