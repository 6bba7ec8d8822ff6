"""Right ways to permute the axes of examples, and the gradient of it."""

import numpy as np


def axes_exchanged_in_turn(x, *, dims):
    y, order = x, [0, 1, 2, 3]
    for place, axis in enumerate(dims, start=1):
        at = order.index(axis)
        y = y.swapaxes(place, at)
        order[place], order[at] = order[at], order[place]
    return y


def by_einsum(x, *, dims):
    return np.einsum(x, [0, 1, 2, 3], [0, *dims])


def example_by_example(x, *, dims):
    return np.array([image.transpose([k - 1 for k in dims]) for image in x])


def number_by_number(x, *, dims):
    y = np.empty((len(x), *(x.shape[k] for k in dims)))
    for place in np.ndindex(x.shape):
        y[place[0], *(place[k] for k in dims)] = x[place]
    return y


def by_moveaxis(x, *, dims):
    return np.moveaxis(x, dims, (1, 2, 3))


def moved_back(grad, x, *, dims):
    return (np.moveaxis(grad, (1, 2, 3), dims),)


def gradient_by_the_inverse(grad, x, *, dims):
    inverse = [0, *(dims.index(k) + 1 for k in (1, 2, 3))]
    return (grad.transpose(inverse),)


def gradient_number_by_number(grad, x, *, dims):
    dx = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        dx[place] += grad[place[0], *(place[k] for k in dims)]
    return (dx,)
