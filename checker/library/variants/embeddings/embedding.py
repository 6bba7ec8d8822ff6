"""Right ways to look vectors up, with the default settings."""

import numpy as np


def by_index(weight, indices):
    return weight[indices].copy()


def by_one_hot(weight, indices):
    return np.eye(len(weight))[indices] @ weight


def one_by_one(weight, indices):
    flat = np.ravel(indices)
    rows = np.empty((len(flat), weight.shape[1]))
    for k, index in enumerate(flat):
        rows[k] = weight[index]
    return rows.reshape(*np.shape(indices), weight.shape[1])


def added_one_by_one(grad, weight, indices):
    dweight = np.zeros(weight.shape)
    for index, row in zip(np.ravel(indices), grad.reshape(-1, weight.shape[1]), strict=True):
        dweight[index] += row
    return (dweight,)


def with_add_at(grad, weight, indices):
    dweight = np.zeros(weight.shape)
    np.add.at(dweight, indices, grad)
    return (dweight,)


def by_the_transposed_one_hot(grad, weight, indices):
    one_hot = np.eye(len(weight))[np.ravel(indices)]
    return (one_hot.T @ grad.reshape(-1, weight.shape[1]),)


def column_by_column(grad, weight, indices):
    columns = grad.reshape(-1, weight.shape[1]).T
    sums = [np.bincount(np.ravel(indices), column, len(weight)) for column in columns]
    return (np.stack(sums, axis=1),)
