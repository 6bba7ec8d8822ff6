"""Adagrad: its steps dwindle, because it adds up the squares of all earlier gradients.

Adagrad and RMSprop get the same gradients, drawn from N(0, 1), which never get smaller. Adagrad
divides by the root of the sum of their squares, which is about sqrt(t) after t steps. RMSprop
divides by the root of a moving average, which stays near 1. A size is the mean over 500 weights.

Source: Vanschoren (001), "Adaptive gradients"; Duchi et al. 2011.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.optimisers import adagrad, rmsprop
from reference.spec import Optimiser

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
OPTIMISERS = {"Adagrad": adagrad.SPEC, "RMSprop": rmsprop.SPEC}
STEPS, WEIGHTS, RATE = 2000, 500, 0.1
EARLY, LATE = 20, STEPS


class Result(NamedTuple):
    """For each optimiser and seed, the size of every step."""

    sizes: dict[str, list[list[float]]]

    def share(self, name: str) -> list[float]:
        """The size of the last step divided by that of an early one, for each seed."""
        return [sizes[LATE - 1] / sizes[EARLY - 1] for sizes in self.sizes[name]]


def run() -> Result:
    return Result(
        {name: [_sizes(each, seed) for seed in SEEDS] for name, each in OPTIMISERS.items()}
    )


def _sizes(optimiser: Optimiser, seed: int) -> list[float]:
    rng, weights = np.random.default_rng(seed), np.zeros(WEIGHTS)
    state, sizes = optimiser.init(weights), []
    for _ in range(STEPS):
        before, grad = weights, rng.standard_normal(WEIGHTS)
        weights, state = optimiser.update(grad, state, weights, learning_rate=RATE)
        sizes.append(float(np.abs(weights - before).mean()))
    return sizes


def sentence(result: Result) -> str:
    adagrad_left, rmsprop_left = (100 * np.mean(result.share(name)) for name in OPTIMISERS)
    return (
        f"Between steps {EARLY} and {LATE}, the steps of Adagrad shrink to {adagrad_left:.0f} % of "
        f"their size, although the gradients stay as large as they were. Those of RMSprop stay at "
        f"{rmsprop_left:.0f} %."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    steps = list(range(1, STEPS + 1))
    curves = {name: (steps, sizes[0]) for name, sizes in result.sizes.items()}
    return line_chart(curves, x="step", title="mean size of a step", log=("x", "y"))
