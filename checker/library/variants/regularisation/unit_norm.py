"""Right ways to give vectors length 1, and the gradient of it."""

import numpy as np


def by_norm(x, *, axis=-1, epsilon=1e-12):
    return x / np.maximum(np.linalg.norm(x, axis=axis, keepdims=True), epsilon)


def by_the_inverse(x, *, axis=-1, epsilon=1e-12):
    squares = np.square(x).sum(axis=axis, keepdims=True)
    with np.errstate(divide="ignore"):
        return x * np.minimum(1 / np.sqrt(squares), np.divide(1, epsilon))


def vector_by_vector(x, *, axis=-1, epsilon=1e-12):
    axes = axis if isinstance(axis, tuple) else (axis,)
    ends = tuple(range(-len(axes), 0))
    moved = np.moveaxis(np.array(x), axes, ends)
    for at in np.ndindex(moved.shape[: -len(axes)]):
        length = np.sqrt((moved[at] ** 2).sum())
        moved[at] /= length if length > epsilon else epsilon
    return np.moveaxis(moved, ends, axes)


def with_where(x, *, axis=-1, epsilon=1e-12):
    length = np.sqrt(np.sum(x**2, axis=axis, keepdims=True))
    return np.where(length > epsilon, x / np.where(length > epsilon, length, 1), x / epsilon)


def by_the_cube(grad, x, *, axis=-1, epsilon=1e-12):
    length = np.sqrt(np.sum(x**2, axis=axis, keepdims=True))
    long = length >= epsilon
    safe = np.where(long, length, 1)
    along = x / safe * ((grad * (x / safe)).sum(axis=axis, keepdims=True) / safe)
    return (np.where(long, grad / safe - along, grad / epsilon),)


def by_jacobians(grad, x, *, axis=-1, epsilon=1e-12):
    axes = axis if isinstance(axis, tuple) else (axis,)
    ends = tuple(range(-len(axes), 0))
    dx, up, vectors = (np.moveaxis(np.array(a), axes, ends) for a in (x, grad, x))
    for at in np.ndindex(dx.shape[: -len(axes)]):
        vector, g = vectors[at].ravel(), up[at].ravel()
        length = np.linalg.norm(vector)
        if length < epsilon:
            found = g / epsilon
        else:
            unit = vector / length
            found = (np.eye(len(vector)) - np.outer(unit, unit)) @ g / length
        dx[at] = found.reshape(dx[at].shape)
    return (np.moveaxis(dx, ends, axes),)
