"""Reshape every example, by default to one row of features.

    (n, 28, 28) -> (n, 784)     for shape (-1,)

The first axis counts the examples and does not change. The last axis varies fastest (C order), as
in NumPy and PyTorch. The numbers are neither changed nor reordered. Keras has the layers Flatten
and Reshape for this. A shape of another size raises ValueError, and so does -1 for an empty batch,
because the size cannot be inferred.

    >>> run(np.arange(12).reshape(2, 3, 2))
    array([[ 0,  1,  2,  3,  4,  5],
           [ 6,  7,  8,  9, 10, 11]])

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
    return np.reshape(x, (len(x), *shape)).copy()


def reversible(f, x, shape):
    """Reshaping the result to the old shape gives the old array."""
    return f(f(x, shape=shape), shape=x.shape[1:]), x


def example_by_example(f, x, shape):
    """Each example is reshaped separately: reversing the batch reverses the result."""
    return f(x[::-1], shape=shape), f(x, shape=shape)[::-1]


SPEC = Procedure(
    run=run,
    torch=lambda torch, x, shape: x.reshape(len(x), *shape),
    properties=(reversible, example_by_example),
)
