"""The upstream gradient of a backward, and the call of a backward."""

from typing import Any

import numpy as np

from checker.numerics.equations import Array
from reference.spec import Spec


def upstream(outputs: tuple[Any, ...]) -> tuple[Array, ...]:
    """An upstream gradient without zeros and equal entries, and with both signs.

    Entries of 1 and -1 would not be enough, because errors often cancel in their sums.
    """
    return tuple(direction(np.shape(output), seed) for seed, output in enumerate(outputs))


def direction(shape: tuple[int, ...], seed: int) -> Array:
    """An array of random numbers between 0.5 and 1.5 with random signs."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def backward(spec: Spec, grads: tuple[Any, ...], case: Any, **kink: float) -> tuple[Any, ...]:
    """Call a backward with a tuple of upstream gradients. Return a tuple of gradients."""
    result: tuple[Any, ...] = spec.backward(grads if len(grads) > 1 else grads[0], **case, **kink)
    return result
