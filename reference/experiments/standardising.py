"""Standardising: inputs with mean 0 and variance 1 make the loss surface rounder.

Two features, one from about -4 to 4 and one from about 0 to 10, are fitted by a linear model. The
condition of its mean squared error is the largest curvature divided by the smallest. Gradient
descent at the best rate for both curvatures, 2 / (largest + smallest), reduces the distance from
the minimum by the factor (condition - 1) / (condition + 1) in every step, so the condition decides
how many steps are needed.

Source: Lamurias (000), "Convergence"; LeCun et al. 1998, section 5.3.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.data import blobs
from reference.preprocessing import standardise
from reference.spec import Real

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
STEPS = 200
SCALE, SHIFT = np.array([1.0, 3.0]), np.array([0.0, 5.0])


class Result(NamedTuple):
    """For raw and standardised inputs: one condition and one list of losses for each seed.

    A loss is the mean squared error above its minimum.
    """

    condition: dict[str, list[float]]
    losses: dict[str, list[list[float]]]


def run() -> Result:
    result = Result({"raw": [], "standardised": []}, {"raw": [], "standardised": []})
    for seed in SEEDS:
        points, labels = blobs.run(examples=200, classes=2, seed=seed)
        raw = points * SCALE + SHIFT
        for name, x in (("raw", raw), ("standardised", standardise.run(raw, raw))):
            inputs = np.column_stack([x, np.ones(len(x))])  # the last weight is the bias
            curvatures = np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x))
            result.condition[name].append(float(curvatures[-1] / curvatures[0]))
            result.losses[name].append(_descend(inputs, labels.astype(float), curvatures))
    return result


def _descend(inputs: Real, targets: Real, curvatures: Real) -> list[float]:
    rate = 2 / (curvatures[-1] + curvatures[0])
    best = np.linalg.lstsq(inputs, targets, rcond=None)[0]
    weights, losses = np.zeros(inputs.shape[1]), []
    for _ in range(STEPS):
        losses.append(float(((inputs @ (weights - best)) ** 2).mean()))
        weights = weights - rate * 2 * inputs.T @ (inputs @ weights - targets) / len(targets)
    return losses


def sentence(result: Result) -> str:
    raw, standardised = (np.mean(result.condition[name]) for name in result.condition)
    ends = {name: np.mean(losses, axis=0)[-1] for name, losses in result.losses.items()}
    return (
        f"Standardising improves the condition of the loss surface from {raw:.0f} to "
        f"{standardised:.1f}. After {STEPS} steps at the best rate, the loss is still "
        f"{ends['raw']:.2g} above its minimum with raw inputs, and {ends['standardised']:.0e} with "
        "standardised ones."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    shown = 12  # after that, the standardised loss is rounding
    steps = list(range(shown))
    curves = {name: (steps, losses[0][:shown]) for name, losses in result.losses.items()}
    return line_chart(curves, x="step", title="loss above its minimum", log=True)
