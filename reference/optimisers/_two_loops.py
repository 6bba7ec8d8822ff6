"""The product of L-BFGS's inverse Hessian and a vector, without the matrix.

Each pair has a step s and the change y of the gradient in it. The first loop goes from the newest
pair to the oldest and applies I - y s^T / s y. The second goes back and applies the rest of

    H <- (I - s y^T / s y) H (I - y s^T / s y) + s s^T / s y

Source: Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4.
"""

import numpy as np

from reference.optimisers._line_search import Number
from reference.spec import Real

Pairs = tuple[tuple[Real, Real], ...]


def times_inverse_hessian(pairs: Pairs, scale: Number, vector: Real) -> Real:
    """H times a vector. The matrix before the oldest pair is `scale` times I."""
    result, parts = vector, []
    for step, change in reversed(pairs):
        parts.append(dot(step, result) / dot(step, change))
        result = result - parts[-1] * change
    result = scale * result
    for (step, change), part in zip(pairs, reversed(parts), strict=True):
        result = result + (part - dot(change, result) / dot(step, change)) * step
    return result


def dot(a: Real, b: Real) -> Number:
    return np.sum(a * b)
