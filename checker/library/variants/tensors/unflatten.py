"""Right ways to divide an axis, and the gradient of it."""

import math

import numpy as np


def reshaped(x, *, axis, sizes):
    return x.reshape([*x.shape[:axis], *sizes, *x.shape[axis + 1 :]])


def split_and_stacked(x, *, axis, sizes):
    """One length after the other: the axis is split into parts, which are stacked."""
    for count in _lengths(x, axis, sizes)[:-1]:
        x, axis = np.stack(np.split(x, count, axis=axis), axis=axis), axis + 1
    return x


def number_by_number(x, *, axis, sizes):
    lengths = _lengths(x, axis, sizes)
    y = np.zeros((*x.shape[:axis], *lengths, *x.shape[axis + 1 :]))
    for place in np.ndindex(lengths):
        old = 0
        for i, length in zip(place, lengths, strict=True):
            old = old * length + i
        y[(*[slice(None)] * axis, *place)] = np.take(x, old, axis=axis)
    return y


def filled_in_order(x, *, axis, sizes):
    y = np.empty((*x.shape[:axis], *_lengths(x, axis, sizes), *x.shape[axis + 1 :]))
    y.flat[:] = x.ravel()
    return y


def gradient_reshaped(grad, x, *, axis, sizes):
    return (grad.reshape(x.shape),)


def gradient_concatenated(grad, x, *, axis, sizes):
    for _ in range(len(sizes) - 1):
        parts = [np.take(grad, k, axis=axis) for k in range(grad.shape[axis])]
        grad = np.concatenate(parts, axis=axis)
    return (grad,)


def gradient_in_its_memory(grad, x, *, axis, sizes):
    dx = np.empty(x.shape)
    dx.flat[:] = grad.ravel()
    return (dx,)


def _lengths(x, axis, sizes):
    known = math.prod(size for size in sizes if size != -1)
    return tuple(x.shape[axis] // known if size == -1 else size for size in sizes)
