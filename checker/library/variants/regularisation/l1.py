"""Right ways to write the L1 penalty and its gradient."""

import numpy as np


def with_a_norm(weight, *, strength=0.01):
    return strength * np.linalg.norm(np.ravel(weight), 1)


def one_by_one(weight, *, strength=0.01):
    return sum(strength * abs(float(w)) for w in np.ravel(weight))


def by_cases(grad, weight, *, strength=0.01):
    return grad * np.where(weight > 0, strength, np.where(weight < 0, -strength, 0.0))


def right_of_zero(grad, weight, *, strength=0.01):
    """The other end of what is right at zero."""
    return grad * strength * np.where(weight >= 0, 1.0, -1.0)
