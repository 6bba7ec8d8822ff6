"""Right ways to flatten axes, and the gradient of it."""

import itertools
import math

import numpy as np


def by_minus_one(x, *, start=1, end=-1):
    first, last = start % x.ndim, end % x.ndim
    joined = math.prod(x.shape[first : last + 1])
    return x.reshape([*x.shape[:first], joined, *x.shape[last + 1 :]])


def two_axes_at_a_time(x, *, start=1, end=-1):
    first, last = start % x.ndim, end % x.ndim
    for _ in range(last - first):
        lengths = x.shape
        x = x.reshape(*lengths[:first], lengths[first] * lengths[first + 1], *lengths[first + 2 :])
    return x


def list_of_numbers(x, *, start=1, end=-1):
    first, last = start % x.ndim, end % x.ndim
    numbers = x.ravel().tolist()
    shape = (*x.shape[:first], math.prod(x.shape[first : last + 1]), *x.shape[last + 1 :])
    return np.array(numbers, dtype=float).reshape(shape)


def concatenated(x, *, start=1, end=-1):
    first, last = start % x.ndim, end % x.ndim
    while last > first:
        parts = [np.take(x, k, axis=first) for k in range(x.shape[first])]
        x, last = np.concatenate(parts, axis=first), last - 1
    return x


def gradient_reshaped(grad, x, *, start=1, end=-1):
    return (grad.ravel().reshape(x.shape),)


def gradient_number_by_number(grad, x, *, start=1, end=-1):
    dx = np.zeros(x.shape)
    places = itertools.product(*map(range, x.shape))
    for place, number in zip(places, grad.ravel(), strict=True):
        dx[place] = number
    return (dx,)


def gradient_in_its_memory(grad, x, *, start=1, end=-1):
    dx = np.empty(x.shape)
    dx.flat[:] = grad.ravel()
    return (dx,)
