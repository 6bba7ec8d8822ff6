"""Right ways to write the cross-entropy for labels."""

import numpy as np


def taken_along_the_axis(probability, labels):
    right = np.take_along_axis(probability, labels[:, None], axis=1)
    return -np.log(np.maximum(right, 1e-12)).mean()


def example_by_example(probability, labels):
    pairs = zip(probability, labels, strict=True)
    return -sum(np.log(max(row[label], 1e-7)) for row, label in pairs) / len(labels)


def by_one_hot(probability, labels):
    one_hot = np.eye(probability.shape[1])[labels]
    return -np.log(np.maximum((one_hot * probability).sum(axis=1), 1e-12)).mean()


def filled_in(grad, probability, labels):
    result, rows = np.zeros_like(probability), np.arange(len(labels))
    result[rows, labels] = -1 / np.maximum(probability[rows, labels], 1e-7) / len(labels)
    return (grad * result,)


def chosen_by_where(grad, probability, labels):
    right = np.arange(probability.shape[1]) == labels[:, None]
    return (np.where(right, -grad / np.maximum(probability, 1e-12) / len(labels), 0.0),)
