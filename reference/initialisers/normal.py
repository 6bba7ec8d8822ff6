"""Gaussian initialiser: independent normal weights.

    W = mean + std z,   z ~ N(0, 1)

`std` is the standard deviation. Hidden units that start with equal weights stay equal, because they
get the same gradients; the noise breaks this symmetry. The defaults are mean 0 and std 0.05, as in
Keras's RandomNormal; `torch.nn.init.normal_` uses mean 0 and std 1.

    >>> forward(3.0, mean=1.0, std=0.5)
    2.5

Source: Vanschoren (001), "weight initialization"; Sennblad (004).
"""

import math
from typing import Annotated as Shaped

from reference.spec import Initialiser, Range, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    mean: Shaped[float, Try((0.0, -1.0)), Range(-5, 5)] = 0.0,
    std: Shaped[float, Try((0.05, 1.0)), Range(0, math.inf)] = 0.05,
) -> Shaped[Real, "... i o"]:
    return mean + std * noise


def centred(f, noise, mean, std):
    """The weights for noise z and -z are at opposite sides of the mean, equally far from it."""
    return f(noise, mean=mean, std=std) + f(-noise, mean=mean, std=std), 2 * mean + 0 * noise


def spread_in_units_of_std(f, noise, mean, std):
    """Doubling the standard deviation doubles the distance of every weight from the mean."""
    return f(noise, mean=mean, std=2 * std) - mean, 2 * (f(noise, mean=mean, std=std) - mean)


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, mean, std: torch.nn.init.normal_(
        weight, mean, std, generator=generator
    ),
    properties=(centred, spread_in_units_of_std),
)
