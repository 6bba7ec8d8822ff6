"""Zeros: suitable for biases, not for weights.

    W = 0

Hidden units that start equal get equal gradients and stay equal, whatever the data. With all
weights zero, no gradient even reaches the layers below. The noise only determines the shape. Keras
starts biases at zero; `torch.nn.Linear` samples them like its weights, between plus and minus
sqrt(1 / fan_in).

    >>> forward(np.array([[1.0, -2.0, 3.0]]))
    array([[0., 0., 0.]])

Source: Vanschoren (001), "weight initialization"; lecture 000 (biases may start equal).
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Initialiser, Real


def forward(noise: Shaped[Real, "... i o"]) -> Shaped[Real, "... i o"]:
    return np.zeros_like(noise)


def blind_to_noise(f, noise):
    """The weights do not depend on the noise."""
    return f(noise + 1), f(noise)


def says_nothing(f, noise):
    """A layer with these weights and no bias gives zeros for every input."""
    matrix = np.reshape(noise, (-1, noise.shape[-1]))
    out = matrix[:, :1].T @ f(matrix)
    return out, np.zeros(out.shape)


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator: torch.nn.init.zeros_(weight),
    properties=(blind_to_noise, says_nothing),
)
