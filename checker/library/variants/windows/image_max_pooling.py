"""Right ways to compute the max pooling of images, and its gradient."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def window_by_window(x, *, size=2, stride=2):
    rows, columns = ((length - size) // stride + 1 for length in x.shape[2:])
    y = np.zeros((*x.shape[:2], rows, columns))
    for p in range(rows):
        for q in range(columns):
            top, left = p * stride, q * stride
            y[:, :, p, q] = x[:, :, top : top + size, left : left + size].max(axis=(2, 3))
    return y


def all_windows_at_once(x, *, size=2, stride=2):
    return _windows(x, size, stride).max(axis=(4, 5))


def entry_by_entry(x, *, size=2, stride=2):
    """The largest of slices, each of which has one entry of all windows."""
    rows, columns = ((length - size) // stride + 1 for length in x.shape[2:])
    down, across = (rows - 1) * stride + 1, (columns - 1) * stride + 1
    best = np.full((*x.shape[:2], rows, columns), -np.inf)
    for k, m in np.ndindex(size, size):
        best = np.maximum(best, x[:, :, k : k + down : stride, m : m + across : stride])
    return best


def back_window_by_window(grad, x, *, size=2, stride=2):
    dx = np.zeros(x.shape)
    for n, c, p, q in np.ndindex(grad.shape):
        top, left = p * stride, q * stride
        window = x[n, c, top : top + size, left : left + size]
        row, column = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, top + row, left + column] += grad[n, c, p, q]
    return dx


def shared_among_equals(grad, x, *, size=2, stride=2):
    """Each of several largest entries gets the same part."""
    dx = np.zeros(x.shape)
    for p, q in np.ndindex(grad.shape[2:]):
        place = (..., slice(p * stride, p * stride + size), slice(q * stride, q * stride + size))
        window = x[place]
        largest = window == window.max(axis=(2, 3), keepdims=True)
        dx[place] += largest * grad[:, :, p, q, None, None] / largest.sum((2, 3), keepdims=True)
    return dx


def by_a_mask_of_the_last(grad, x, *, size=2, stride=2):
    """The other side of a kink: of equal entries the last is taken."""
    dx = np.zeros(x.shape)
    for n, c, p, q in np.ndindex(grad.shape):
        top, left = p * stride, q * stride
        window = x[n, c, top : top + size, left : left + size].ravel()
        last = len(window) - 1 - np.argmax(window[::-1])
        dx[n, c, top + last // size, left + last % size] += grad[n, c, p, q]
    return dx


def _windows(x, size, stride):
    return sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
