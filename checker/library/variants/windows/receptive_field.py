"""Right ways to compute receptive fields."""

import numpy as np


def layer_by_layer(sizes, strides):
    field, jump, fields = 1, 1, []
    for size, stride in zip(sizes, strides, strict=True):
        field += (size - 1) * jump
        jump *= stride
        fields.append(field)
    return np.array(fields)


def from_the_output_back(sizes, strides):
    fields = []
    for end in range(1, len(sizes) + 1):
        seen = 1
        for layer in reversed(range(end)):
            seen = (seen - 1) * strides[layer] + sizes[layer]
        fields.append(int(seen))
    return fields


def by_sums_of_products(sizes, strides):
    fields = [
        1 + sum((sizes[i] - 1) * np.prod(strides[:i]) for i in range(layer + 1))
        for layer in range(len(sizes))
    ]
    return np.array(fields, dtype=float)
