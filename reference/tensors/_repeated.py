"""What broadcasting repeats on the way forward has to be added up on the way back."""

from typing import Any

import numpy as np

from reference.spec import Real


def summed_to(shape: tuple[int, ...], grad: Any) -> Real:
    """The gradient of an operand of this shape, from that of its repeated copies."""
    added = grad.ndim - len(shape)
    repeated = [i for i, size in enumerate(shape) if size == 1 and grad.shape[added + i] != 1]
    axes = (*range(added), *(added + i for i in repeated))
    return np.reshape(grad.sum(axis=axes), shape) if axes else grad + 0
