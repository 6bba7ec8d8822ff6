"""Random search: values between two bounds, as likely in each power of ten.

    value = low (high / low)^u        u uniform in [0, 1)

A learning rate is searched like this, because 0.001 and 0.01 differ as much as 0.1 and 1 do; drawn
evenly, nine of ten would lie in the uppermost tenth of the range.

Source: Bergstra and Bengio 2012; Vanschoren (001), "Tuning multiple hyperparameters".
"""

from typing import Annotated as Shaped

from reference.spec import Between, Given, Procedure, Real, Try


def run(
    draws: Shaped[Real, "n", Between(0, 1), Given()],
    *,
    low: Shaped[float, Try((0.25, 1e-5))],
    high: Shaped[float, Try((4.0, 1.0))],
) -> Shaped[Real, "n"]:
    return low * (high / low) ** draws


def between_the_bounds(f, draws, low, high):
    """The least draw gives the lower bound, the greatest would give the upper one."""
    found = f(0 * draws, low=low, high=high)
    return (found, f(0 * draws + 1, low=low, high=high)), (0 * draws + low, 0 * draws + high)


def middle_is_the_geometric_mean(f, draws, low, high):
    """Half way lies the root of the product of the bounds."""
    return f(0 * draws + 0.5, low=low, high=high) ** 2, 0 * draws + low * high


def turned_round(f, draws, low, high):
    """From the upper bound down it is the same, the other way about."""
    return f(1 - draws, low=high, high=low), f(draws, low=low, high=high)


SPEC = Procedure(
    run=run,
    torch=lambda torch, draws, low, high: low * torch.pow(high / low, draws),
    laws=(between_the_bounds, middle_is_the_geometric_mean, turned_round),
    source="Bergstra and Bengio 2012",
)
