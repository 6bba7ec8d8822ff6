"""Reshape every example, by default to one row of features.

    (n, 28, 28) -> (n, 784)     for shape (-1,)

The first axis counts examples and stays; the last axis runs fastest, as in C, numpy and torch.
Numbers are neither changed nor reordered.

Source: Vanschoren (001), "Preprocessing".
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Procedure, Real, Try


def run(
    x: Shaped[Real, "n ..."],
    *,
    shape: Shaped[tuple[int, ...], Try(((-1,), (1, -1), (-1, 1)))] = (-1,),
) -> Real:
    return np.reshape(x, (len(x), *shape))


def reversible(f, x, shape):
    """The old shape brings the old array back."""
    return f(f(x, shape=shape), shape=x.shape[1:]), x


def example_by_example(f, x, shape):
    """Each example is reshaped alone: reversing them reverses the result."""
    return f(x[::-1], shape=shape), f(x, shape=shape)[::-1]


SPEC = Procedure(
    run=run,
    torch=lambda torch, x, shape: x.reshape(len(x), *shape),
    laws=(reversible, example_by_example),
    source="Vanschoren (001)",
)
