"""Numerical cost: finite differences need a run for every weight, and lose digits.

The gradient of the loss of a network with one hidden layer is computed for 2 to 128 hidden units.
Central differences run the network twice for each weight, and reverse mode runs it once and goes
back once. The runs are counted and the seconds measured. The error is the largest difference from
the gradient of reverse mode, relative to its largest entry.

Source: Lamurias (000), "Computing derivatives".
"""

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reference.autodiff import Variable, gradients, numerical_gradient, tanh
from reference.spec import Real

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
UNITS = (2, 8, 32, 128)
INPUTS, EXAMPLES = 10, 20


class Case(NamedTuple):
    """One gradient by central differences, with its runs, and the same by reverse mode."""

    weights: int
    runs: int
    seconds: float
    automatic_seconds: float
    error: float


class Result(NamedTuple):
    """For each number of hidden units, a case for each seed."""

    cases: dict[int, list[Case]]

    def fastest(self, units: int) -> tuple[float, float]:
        """The least seconds of central differences, and of reverse mode."""
        cases = self.cases[units]
        return min(c.seconds for c in cases), min(c.automatic_seconds for c in cases)


def run() -> Result:
    return Result({units: [_case(units, seed) for seed in SEEDS] for units in UNITS})


def _case(units: int, seed: int) -> Case:
    rng = np.random.default_rng(seed)
    weights = rng.standard_normal((INPUTS + 1) * units)
    loss = Counted(_loss(rng, units))
    numerical, seconds = _timed(lambda: numerical_gradient(loss, weights))
    exact, automatic_seconds = _timed(lambda: _reverse(loss.of, weights))
    error = np.abs(numerical - exact).max() / np.abs(exact).max()
    return Case(weights.size, loss.runs, seconds, automatic_seconds, float(error))


class Counted:
    """A function that counts its runs."""

    def __init__(self, of: Callable[[Any], Any]) -> None:
        self.of, self.runs = of, 0

    def __call__(self, weights: Any) -> Any:
        self.runs += 1
        return self.of(weights)


def _loss(rng: np.random.Generator, units: int) -> Callable[[Any], Any]:
    x, y = rng.standard_normal((EXAMPLES, INPUTS)), rng.standard_normal(EXAMPLES)

    def loss(weights: Any) -> Any:
        hidden = tanh(x @ weights[: INPUTS * units].reshape(INPUTS, units))
        gap = hidden @ weights[INPUTS * units :] - y
        return (gap * gap).mean()

    return loss


def _reverse(loss: Callable[[Any], Any], weights: Real) -> Real:
    variable = Variable(weights)
    return gradients(loss(variable), [variable])[0]


def _timed(compute: Callable[[], Real]) -> tuple[Real, float]:
    start = perf_counter()
    return compute(), perf_counter() - start


def sentence(result: Result) -> str:
    largest = result.cases[UNITS[-1]]
    numerical, automatic = result.fastest(UNITS[-1])
    digits = -np.log10(np.mean([case.error for case in largest]))
    return (
        f"For {largest[0].weights} weights, central differences run the network "
        f"{largest[0].runs} times, take {numerical / automatic:.0f} times as long as reverse mode, "
        f"and agree with it to about {digits:.0f} of 16 digits."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    weights = [result.cases[units][0].weights for units in UNITS]
    numerical, automatic = zip(*map(result.fastest, UNITS), strict=True)
    curves = {"central differences": (weights, numerical), "reverse mode": (weights, automatic)}
    return line_chart(curves, x="weights", title="seconds for one gradient", log=("x", "y"))
