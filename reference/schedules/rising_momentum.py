"""Momentum that rises with the epochs, from 0.5 towards 0.99.

    momentum = min(1 - 1 / (2 (floor(epoch / period) + 1)), highest)     (harmonic)
    momentum = 0.5 + (highest - 0.5) min(epoch / period, 1)              (linear)

Early gradients are large and point to the nearest valley; a long memory pays along its floor. The
lecture gives the two ends and not the way between them. The harmonic way halves what is missing to
1 each time the epochs double, after Nesterov's own 1 - 3 / (t + 5); the linear way arrives after
`period` epochs.

Source: Sutskever, Martens, Dahl, Hinton 2013, eq. 5; Vanschoren (001).
"""

from typing import Annotated as Shaped
from typing import Any

from reference.spec import Between, Procedure, Real, Try


def run(
    epoch: Shaped[int, Try((0, 1, 9, 10, 25, 100, 10_000))],
    highest: Shaped[Real, "", Between(0.5, 1)],
    *,
    period: Shaped[int, Try((10, 1, 250))] = 250,
    way: Shaped[str, Try(("harmonic", "linear"))] = "harmonic",
) -> Shaped[Real, ""]:
    if way == "linear":
        return 0.5 + (highest - 0.5) * min(epoch / period, 1.0)
    risen: Any = 1 - 0.5 / (epoch // period + 1)
    return min(risen, highest)


def starts_at_one_half(f, epoch, highest, period, way):
    """The first epoch has momentum one half."""
    return f(0, highest, period=period, way=way), 0.5 + 0 * highest


def ends_at_the_highest(f, epoch, highest, period, way):
    """In the end it is the highest, and stays there."""
    return f(10_000 * period, highest, period=period, way=way), highest


def harmonic_halves_what_is_missing(f, epoch, highest, period, way):
    """Twice the epochs, half of what is missing to 1."""
    early = f(period, highest / highest, period=period, way="harmonic")
    late = f(3 * period, highest / highest, period=period, way="harmonic")
    return 1 - late, (1 - early) / 2


def harmonic_rises_in_steps(f, epoch, highest, period, way):
    """From one period to the next, the harmonic momentum stays where it is."""
    settings = {"period": period, "way": "harmonic"}
    return f(2 * period - 1, highest, **settings), f(period, highest, **settings)


def linear_rises_evenly(f, epoch, highest, period, way):
    """Halfway through the period, the linear rise is half done."""
    return f(period, highest, period=2 * period, way="linear"), (0.5 + highest) / 2


SPEC = Procedure(
    run=run,
    torch="torch has no schedule of the momentum alone",
    laws=(
        starts_at_one_half,
        ends_at_the_highest,
        harmonic_halves_what_is_missing,
        harmonic_rises_in_steps,
        linear_rises_evenly,
    ),
    source="Sutskever et al. 2013, eq. 5; Vanschoren (001)",
)
