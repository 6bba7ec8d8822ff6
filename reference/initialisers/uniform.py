"""Uniform initialiser: every weight in a range is as likely as any other.

    W = low + (high - low) u,   u ~ U[0, 1)

The standard deviation is (high - low) / sqrt(12). Keras takes the range from -0.05 to 0.05 where
none is given, torch from 0 to 1.

Source: lecture 000, "Initialization"; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Initialiser, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    low: Shaped[float, Try((-0.05, 0.0, -2.0))] = -0.05,
    high: Shaped[float, Try((0.05, 1.0))] = 0.05,
) -> Shaped[Real, "... i o"]:
    return low + (high - low) * noise


def centred(f, noise, low, high):
    """Opposite draws lie on opposite sides of the middle of the range."""
    return f(noise, low=low, high=high) + f(1 - noise, low=low, high=high), low + high + 0 * noise


def from_end_to_end(f, noise, low, high):
    """The smallest draw gives the lower end, the largest the upper."""
    ends = f(0 * noise, low=low, high=high), f(0 * noise + 1, low=low, high=high)
    return ends, (low + 0 * noise, high + 0 * noise)


SPEC = Initialiser(
    forward=forward,
    noise="random",
    torch=lambda torch, weight, generator, low, high: torch.nn.init.uniform_(
        weight, low, high, generator=generator
    ),
    laws=(centred, from_end_to_end),
    source="lecture 000; Vanschoren (001)",
)
