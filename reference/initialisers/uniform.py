"""Uniform initialiser: every weight in a range is equally likely.

    W = low + (high - low) u,   u ~ U[0, 1)

The standard deviation is (high - low) / sqrt(12). The range is from -0.05 to 0.05 by default, as in
Keras's RandomUniform; `torch.nn.init.uniform_` uses 0 to 1.

    >>> forward(0.25, low=-2.0, high=2.0)
    -1.0

Source: lecture 000, "Initialization"; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Initialiser, Range, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    low: Shaped[float, Try((-0.05, 0.0, -2.0)), Range(-5, 0)] = -0.05,
    high: Shaped[float, Try((0.05, 1.0)), Range(0, 5)] = 0.05,
) -> Shaped[Real, "... i o"]:
    return low + (high - low) * noise


def centred(f, noise, low, high):
    """The weights for noise u and 1 - u add up to low + high."""
    return f(noise, low=low, high=high) + f(1 - noise, low=low, high=high), low + high + 0 * noise


def from_end_to_end(f, noise, low, high):
    """Noise 0 gives the lower end of the range, and noise 1 the upper end."""
    ends = f(0 * noise, low=low, high=high), f(0 * noise + 1, low=low, high=high)
    return ends, (low + 0 * noise, high + 0 * noise)


SPEC = Initialiser(
    forward=forward,
    noise="random",
    torch=lambda torch, weight, generator, low, high: torch.nn.init.uniform_(
        weight, low, high, generator=generator
    ),
    properties=(centred, from_end_to_end),
)
