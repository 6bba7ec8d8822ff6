"""Gaussian initialiser: independent normal weights.

    W = mean + std z,   z ~ N(0, 1)

`std` is the standard deviation. Weights that start equal stay equal, because every hidden unit
then gets the same gradient; the noise is there to break that symmetry.

Source: Vanschoren (001), "weight initialization"; Sennblad (004).
"""

from typing import Annotated as Shaped

from reference.spec import Initialiser, Real, Try


def forward(
    noise: Shaped[Real, "... i o"],
    *,
    mean: Shaped[float, Try((0.0, -1.0))] = 0.0,
    std: Shaped[float, Try((0.05, 1.0))] = 0.05,
) -> Shaped[Real, "... i o"]:
    return mean + std * noise


def centred(f, noise, mean, std):
    """Opposite draws lie on opposite sides of the mean."""
    return f(noise, mean=mean, std=std) + f(-noise, mean=mean, std=std), 2 * mean + 0 * noise


def spread_in_units_of_std(f, noise, mean, std):
    """Twice the standard deviation moves every weight twice as far from the mean."""
    return f(noise, mean=mean, std=2 * std) - mean, 2 * (f(noise, mean=mean, std=std) - mean)


SPEC = Initialiser(
    forward=forward,
    noise="standard_normal",
    torch=lambda torch, weight, generator, mean, std: torch.nn.init.normal_(
        weight, mean, std, generator=generator
    ),
    laws=(centred, spread_in_units_of_std),
    source="Vanschoren (001)",
)
