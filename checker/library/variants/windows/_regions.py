"""The regions of adaptive pooling."""

import math


def spans(x, size):
    """Where each region begins and ends along each axis."""
    lengths = x.shape[2:]
    sizes = size if isinstance(size, tuple) else (size,) * len(lengths)
    found = []
    for n, k in zip(lengths, sizes, strict=True):
        k = n if k is None else k
        found.append([(math.floor(p * n / k), math.ceil((p + 1) * n / k)) for p in range(k)])
    return found
