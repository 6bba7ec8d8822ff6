"""Sum a gradient over the axes along which broadcasting repeated an operand."""

from typing import Any

import numpy as np

from reference.spec import Real


def summed_to(shape: tuple[int, ...], grad: Any) -> Real:
    """Return the gradient of an operand of this shape, given the gradient of its copies."""
    added = grad.ndim - len(shape)
    repeated = [i for i, size in enumerate(shape) if size == 1 and grad.shape[added + i] != 1]
    axes = (*range(added), *(added + i for i in repeated))
    return np.reshape(grad.sum(axis=axes), shape) if axes else grad + 0
