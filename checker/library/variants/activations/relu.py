"""Right ways to write the rectified linear unit."""

import numpy as np


def times_mask(x):
    return x * (x > 0)


def mean_with_its_size(x):
    return (x + np.abs(x)) / 2


def assigned_on_a_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


def clipped_below(x):
    return np.clip(x, 0, None)


def single_precision(x):
    return np.maximum(np.asarray(x, dtype=np.float32), 0)


def mask_of_the_output(grad, x):
    return (grad * (np.maximum(x, 0) > 0),)


def chosen_by_where(grad, x):
    return (np.where(x > 0, grad, 0.0),)


def one_at_zero(grad, x):
    """The other end of the subgradients at the kink."""
    return (grad * (x >= 0),)


def half_at_zero(grad, x):
    return (grad * np.heaviside(x, 0.5),)


def zeroed_on_a_copy(grad, x):
    result = grad.copy()
    result[x <= 0] = 0
    return (result,)
