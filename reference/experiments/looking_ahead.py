"""Nesterov: it responds faster than momentum when the gradient changes.

Both roll down a slope of gradient 1, at full speed, until the slope turns at 0 and rises with the
same gradient. They have the same rate and momentum. Measured is how far a ball rolls beyond 0
before it turns, for starts at eight places. Nesterov's gradient is that of the point to which the
velocity alone leads, so it meets the rise one step earlier.

Source: Vanschoren (001), "Momentum"; Nesterov 1983.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.optimisers import nesterov
from reference.spec import Real

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STARTS = tuple(-1 - 0.11 * k for k in range(8))
RATE, MOMENTUM, STEPS = 0.01, 0.9, 60


class Result(NamedTuple):
    """A path for each start, with momentum and with Nesterov momentum."""

    momentum: list[list[float]]
    nesterov: list[list[float]]


def beyond(paths: list[list[float]]) -> list[float]:
    """How far each path goes beyond 0, where the gradient changes."""
    return [max(path) for path in paths]


def run() -> Result:
    return Result(
        [_path(start, lookahead=False) for start in STARTS],
        [_path(start, lookahead=True) for start in STARTS],
    )


def _path(start: float, *, lookahead: bool) -> list[float]:
    point: Real = np.array(start)
    state, path = nesterov.init(point), [start]
    for _ in range(STEPS):
        seen = nesterov.ahead(state, point, momentum=MOMENTUM, form="lookahead")
        grad = np.sign(seen if lookahead else point)  # of the surface |x|
        # Once its gradient is taken, a step of Nesterov in this form is one of momentum.
        point, state = nesterov.update(
            grad, state, point, learning_rate=RATE, momentum=MOMENTUM, form="lookahead"
        )
        path.append(float(point))
    return path


def sentence(result: Result) -> str:
    plain, ahead = (np.mean(beyond(paths)) for paths in result)
    return (
        f"Where the slope turns into a rise, momentum rolls {plain:.2f} too far, and Nesterov "
        f"momentum only {ahead:.2f}, on average over {len(STARTS)} starts."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    steps = list(range(STEPS + 1))
    curves = {name: (steps, paths[0]) for name, paths in result._asdict().items()}
    return line_chart(curves, x="step", title="position on a slope that turns at 0")
