"""Right ways to compute a cross-correlation and its gradients."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def place_by_place(x, kernel):
    return np.array(
        [np.dot(x[j : j + len(kernel)], kernel) for j in range(len(x) - len(kernel) + 1)]
    )


def all_windows_at_once(x, kernel):
    return sliding_window_view(x, len(kernel)) @ kernel


def numpys_own(x, kernel):
    return np.correlate(x, kernel, "valid")


def two_loops(x, kernel):
    y = []
    for j in range(len(x) - len(kernel) + 1):
        total = 0.0
        for k in range(len(kernel)):
            total += kernel[k] * x[j + k]
        y.append(total)
    return y


def output_by_output(grad, x, kernel):
    dx, dkernel = np.zeros(len(x)), np.zeros(len(kernel))
    for j in range(len(grad)):
        dx[j : j + len(kernel)] += grad[j] * kernel
        dkernel += grad[j] * x[j : j + len(kernel)]
    return dx, dkernel


def by_convolution(grad, x, kernel):
    return np.convolve(grad, kernel), np.correlate(x, grad, "valid")


def by_a_padded_gradient(grad, x, kernel):
    """The flipped kernel slides along the gradient, with zeros around it."""
    padded = np.pad(grad, len(kernel) - 1)
    windows = sliding_window_view(padded, len(kernel))
    return windows @ kernel[::-1], grad @ sliding_window_view(x, len(kernel))


def by_the_matrix(grad, x, kernel):
    """The forward is a product with a matrix, whose transpose takes the gradient back."""
    matrix = np.array([np.pad(kernel, (j, len(grad) - 1 - j)) for j in range(len(grad))])
    return matrix.T @ grad, sliding_window_view(x, len(kernel)).T @ grad
