"""He (Kaiming) uniform initialiser, for ReLU.

    W = limit (2 u - 1),   limit = sqrt(6 / fan_in),   u ~ U[0, 1)

The limit is sqrt(3) times the std of `he_normal`, so both have the same variance. In PyTorch it is
`kaiming_uniform_` with nonlinearity "relu". The default of `torch.nn.Linear` is smaller, with the
limit sqrt(1 / fan_in). Noise with fewer than two axes raises ValueError.

    >>> forward(np.array([[0.0, 0.5], [0.25, 0.5], [0.75, 0.5]])).round(4)
    array([[-1.4142,  0.    ],
           [-0.7071,  0.    ],
           [ 0.7071,  0.    ]])

Source: He, Zhang, Ren, Sun 2015; Vanschoren (001).
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
    return (2 * noise - 1) * math.sqrt(6 / max(fan_in, 1))


def centred(f, noise, layout):
    """Noise u and noise 1 - u give opposite weights, so the mean is zero."""
    return f(1 - noise, layout=layout), -f(noise, layout=layout)


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
    noise="random",
    torch=lambda torch, weight, generator, layout: torch.nn.init.kaiming_uniform_(
        weight, generator=generator, nonlinearity="relu"
    ),
    properties=(centred, smaller_for_wider_inputs, counts_inputs_wherever_stored),
)
