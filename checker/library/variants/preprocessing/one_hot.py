"""Right ways to write one-hot encoding."""

import numpy as np


def compared(labels, *, classes):
    return (labels[:, None] == np.arange(classes)).astype(float)


def booleans(labels, *, classes):
    return labels[:, None] == np.arange(classes)


def nested_lists(labels, *, classes):
    return [[1.0 if c == label else 0.0 for c in range(classes)] for label in labels]


def put_along_the_axis(labels, *, classes):
    result = np.zeros((len(labels), classes), dtype=np.float32)
    np.put_along_axis(result, labels[:, None], 1, axis=1)
    return result
