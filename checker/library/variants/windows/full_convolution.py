"""Right ways to convolve two signals, and the gradients."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def numpys_own(x, kernel):
    return np.convolve(x, kernel)


def by_the_flipped_kernel(x, kernel):
    padded = np.pad(x, len(kernel) - 1)
    return sliding_window_view(padded, len(kernel)) @ kernel[::-1]


def two_loops(x, kernel):
    z = np.zeros(len(x) + len(kernel) - 1)
    for i in range(len(x)):
        for k in range(len(kernel)):
            z[i + k] += x[i] * kernel[k]
    return z


def sum_of_copies(x, kernel):
    return sum(np.pad(w * x, (k, len(kernel) - 1 - k)) for k, w in enumerate(kernel))


def by_correlation(grad, x, kernel):
    return np.correlate(grad, kernel, "valid"), np.correlate(grad, x, "valid")


def entry_by_entry(grad, x, kernel):
    dx, dkernel = np.zeros(len(x)), np.zeros(len(kernel))
    for i in range(len(x)):
        for k in range(len(kernel)):
            dx[i] += grad[i + k] * kernel[k]
            dkernel[k] += grad[i + k] * x[i]
    return dx, dkernel


def by_windows(grad, x, kernel):
    dx = sliding_window_view(grad, len(kernel)) @ kernel
    return dx, sliding_window_view(grad, len(x)) @ x
