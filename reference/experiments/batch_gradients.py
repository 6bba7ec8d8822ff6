"""Batch gradients: averaging over more examples gives a slightly better estimate of the gradient.

The true gradient is that of the mean loss over all 1797 digits, for a softmax layer with random
weights. It is estimated from batches of 1 to 256 digits, drawn with replacement. The error is the
root of the mean square distance, relative to the length of the true gradient. It falls like
1 / sqrt(size): a batch 4 times as large costs 4 times as much and only halves the error.

Source: Lamurias (000), "Minibatch size"; Goodfellow et al. 2016, section 8.1.3.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reference.experiments._digits import CLASSES, images
from reference.initialisers import glorot_normal
from reference.linear import dense
from reference.losses import softmax_cross_entropy

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SEEDS = (0, 1, 2)
SIZES = (1, 4, 16, 64, 256)
DRAWS = 300  # batches of each size


class Result(NamedTuple):
    """For each batch size, the relative error of each seed."""

    errors: dict[int, list[float]]


def run() -> Result:
    return Result({size: [_error(size, seed) for seed in SEEDS] for size in SIZES})


def _error(size: int, seed: int) -> float:
    rng = np.random.default_rng(seed)
    x, labels = images(seed)
    weight = glorot_normal.SPEC.sample(rng, (x.shape[1], CLASSES))
    logits = dense.forward(x, weight, np.zeros(CLASSES))
    (slopes,) = softmax_cross_entropy.backward(np.array(1.0), logits, labels)
    slopes = slopes * len(x)  # of the loss of each example alone
    true = x.T @ slopes / len(x)
    distances = []
    for _ in range(DRAWS):
        batch = rng.integers(len(x), size=size)
        distances.append(((x[batch].T @ slopes[batch] / size - true) ** 2).sum())
    return float(np.sqrt(np.mean(distances) / (true**2).sum()))


def sentence(result: Result) -> str:
    means = {size: np.mean(errors) for size, errors in result.errors.items()}
    return (
        f"The gradient of one example is off by {means[1]:.1f} times the length of the true "
        f"gradient, that of a batch of 16 by {means[16]:.2f} and of 256 by {means[256]:.2f}: each "
        f"batch 16 times as large divides the error by about {means[1] / means[16]:.1f}."
    )


def picture(result: Result) -> "Figure":
    from reference.pictures import line_chart

    curve = (SIZES, [float(np.mean(result.errors[size])) for size in SIZES])
    title = "relative error of the gradient of a batch"
    return line_chart({"error": curve}, x="batch size", title=title, log=("x", "y"))
