"""Zeros: right for biases, wrong for weights.

    W = 0

Hidden units that start equal get equal gradients and stay equal, whatever the data; with all
weights zero, no gradient even reaches the layers below. Noise is accepted and not used.

Source: Vanschoren (001), "weight initialization"; lecture 000 (biases may start equal).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "... i o"]) -> Shaped[Real, "... i o"]:
    return np.zeros_like(noise)


def blind_to_noise(f, noise):
    """Other noise, the same weights."""
    return f(noise + 1), f(noise)


def says_nothing(f, noise):
    """Whatever goes into a layer of zeros, only zeros come out."""
    matrix = np.reshape(noise, (-1, noise.shape[-1]))
    out = matrix.T @ f(matrix)
    return out, np.zeros(out.shape)


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator: torch.nn.init.zeros_(weight),
    laws=(blind_to_noise, says_nothing),
    source="Vanschoren (001)",
)
