"""Momentum that rises with the epochs, from 0.5 towards 0.99.

    momentum = min(1 - 1 / (2 (floor(epoch / period) + 1)), highest)     (harmonic)
    momentum = 0.5 + (highest - 0.5) min(epoch / period, 1)              (linear)

Early gradients are large and point to the nearest valley; later, a long memory helps along the
floor of the valley. The lecture gives the two ends, but not the path between them. The harmonic way
halves the distance to 1 each time floor(epoch / period) + 1 doubles, modelled on Nesterov's own
1 - 3 / (t + 5). The linear way reaches `highest` after `period` epochs. PyTorch and Keras have no
schedule for the momentum alone; PyTorch's CyclicLR can change it together with the learning rate.

    >>> [round(float(run(e, 0.99, period=1)), 4) for e in (0, 1, 3, 99)]
    [0.5, 0.75, 0.875, 0.99]

Source: Sutskever, Martens, Dahl, Hinton 2013, eq. 5; Vanschoren (001).
"""

from typing import Annotated as Shaped

from reference.spec import Between, Convention, Procedure, Range, Real, Try


def run(
    epoch: Shaped[int, Try((0, 1, 2, 3, 10, 25, 30, 10_000)), Range(0, 10_000)],
    highest: Shaped[Real, "", Between(0.5, 1)],
    *,
    period: Shaped[int, Try((10, 1, 250)), Range(1, 1000)] = 250,
    way: Shaped[str, Convention(("harmonic", "linear"))] = "harmonic",
) -> Shaped[Real, ""]:
    if way == "linear":
        return 0.5 + (highest - 0.5) * min(epoch / period, 1.0)
    risen = 1 - 0.5 / (epoch // period + 1)
    return 1 * highest if risen >= highest else 0 * highest + risen  # of the type of highest


def starts_at_one_half(f, epoch, highest, period, way):
    """The momentum of the first epoch is one half."""
    return f(0, highest, period=period, way=way), 0.5 + 0 * highest


def ends_at_the_highest(f, epoch, highest, period, way):
    """In the end, the momentum reaches `highest` and stays there."""
    return f(10**9 * period, highest, period=period, way=way), highest


def harmonic_halves_what_is_missing(f, epoch, highest, period, way):
    """From one period to three, the harmonic momentum halves its distance to 1."""
    early = f(period, highest / highest, period=period, way="harmonic")
    late = f(3 * period, highest / highest, period=period, way="harmonic")
    return 1 - late, (1 - early) / 2


def harmonic_rises_in_steps(f, epoch, highest, period, way):
    """Within a period, the harmonic momentum stays constant."""
    settings = {"period": period, "way": "harmonic"}
    return f(2 * period - 1, highest, **settings), f(period, highest, **settings)


def linear_rises_evenly(f, epoch, highest, period, way):
    """Halfway through the period, linear momentum is halfway from 0.5 to `highest`."""
    return f(period, highest, period=2 * period, way="linear"), (0.5 + highest) / 2


SPEC = Procedure(
    run=run,
    torch="torch has no schedule of the momentum alone",
    properties=(
        starts_at_one_half,
        ends_at_the_highest,
        harmonic_halves_what_is_missing,
        harmonic_rises_in_steps,
        linear_rises_evenly,
    ),
)
