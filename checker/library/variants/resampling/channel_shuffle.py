"""Right ways to shuffle channels, and the gradient of it."""

import numpy as np


def one_slice_for_each_group(x, *, groups):
    y = np.empty_like(x)
    size = x.shape[1] // groups
    for group in range(groups):
        y[:, group::groups] = x[:, group * size : (group + 1) * size]
    return y


def by_index(x, *, groups):
    order = np.arange(x.shape[1]).reshape(groups, x.shape[1] // groups).T.ravel()
    return x[:, order]


def stacked_parts(x, *, groups):
    return np.stack(np.split(x, groups, axis=1), axis=2).reshape(x.shape)


def channel_by_channel(x, *, groups):
    size = x.shape[1] // groups
    y = np.zeros(x.shape)
    for k in range(x.shape[1]):
        y[:, k] = x[:, k % groups * size + k // groups]
    return y


def gradient_by_slices(grad, x, *, groups):
    return (np.concatenate([grad[:, group::groups] for group in range(groups)], axis=1),)


def gradient_by_index(grad, x, *, groups):
    order = np.arange(x.shape[1]).reshape(groups, x.shape[1] // groups).T.ravel()
    return (grad[:, np.argsort(order)],)


def gradient_by_matrix(grad, x, *, groups):
    order = np.arange(x.shape[1]).reshape(groups, x.shape[1] // groups).T.ravel()
    matrix = np.eye(x.shape[1])[order]
    return (np.einsum("kc,nk...->nc...", matrix, grad),)
