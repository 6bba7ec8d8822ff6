"""What a backward starts from, and how it is called."""

from typing import Any

import numpy as np

from checker.equations import Array
from reference.spec import Spec


def upstream(outputs: tuple[Any, ...]) -> tuple[Array, ...]:
    """A gradient to start from: no zeros, no two entries alike, both signs.

    Signs alone would be blind: three errors that cancel in a sum of signs are common.
    """
    return tuple(direction(np.shape(output), seed) for seed, output in enumerate(outputs))


def direction(shape: tuple[int, ...], seed: int) -> Array:
    rng = np.random.default_rng(seed)
    return np.asarray(rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 1.5, size=shape))


def backward(spec: Spec, grads: tuple[Any, ...], case: Any, **kink: float) -> tuple[Any, ...]:
    """The backward as every kind of caller wants it: a tuple in, a tuple out."""
    result: tuple[Any, ...] = spec.backward(grads if len(grads) > 1 else grads[0], **case, **kink)
    return result
