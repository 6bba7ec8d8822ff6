"""Right ways to count the parameters of convolutional layers."""

import numpy as np


def layer_by_layer(channels, sizes, *, bias=True):
    found = []
    for i, size in enumerate(sizes):
        weights = size * size * channels[i] * channels[i + 1]
        found.append(int(weights + (channels[i + 1] if bias else 0)))
    return found


def sizes_of_arrays(channels, sizes, *, bias=True):
    counts = []
    for before, after, size in zip(channels[:-1], channels[1:], sizes, strict=True):
        counts.append(np.zeros((after, before, size, size)).size + np.zeros(after).size * bias)
    return np.array(counts)


def as_real_numbers(channels, sizes, *, bias=True):
    return (np.power(sizes, 2.0) * channels[:-1] + (1.0 if bias else 0.0)) * channels[1:]
