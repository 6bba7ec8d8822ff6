"""Receptive field: how many entries of the image one output sees, layer after layer.

    field = field + (size - 1) jump,   jump = jump stride        (for each layer; both start at 1)

`sizes` and `strides` have one number for each layer, the one at the image first; convolution and
pooling count alike. `jump` is how far apart in the image two neighbouring outputs look, and so a
layer adds size - 1 of them. The stride of a layer counts for the layers after it. The result has
the field after each layer, along one axis; padding and the ends of the image do not change it.

    >>> run(np.array([3, 3, 3]), np.array([1, 1, 1])), run(np.array([3, 2, 3]), np.array([1, 2, 1]))
    (array([3, 5, 7]), array([3, 4, 8]))

Source: Araujo, Norris, Sim 2019, eq. 2; Luo, Li, Urtasun, Zemel 2016.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure


def run(
    sizes: Shaped[Index, "l", Below("6", least=1)], strides: Shaped[Index, "l", Below("4", least=1)]
) -> Shaped[Index, "l"]:
    steps = np.concatenate([[1], strides[:-1]])[: len(sizes)]
    jumps = np.cumprod(steps.astype(int))
    return 1 + np.cumsum((sizes.astype(int) - 1) * jumps)


def last_stride_does_not_matter(f, sizes, strides):
    """The stride of the last layer does not change what its outputs see."""
    last = np.arange(len(strides)) == len(strides) - 1
    return f(sizes, np.where(last, strides + 1, strides)), f(sizes, strides)


def windows_of_one_add_nothing(f, sizes, strides):
    """Windows of one entry see what the layer before them saw."""
    return f(0 * sizes + 1, strides), 0 * sizes + 1


def outputs_seen_backwards(f, sizes, strides):
    """From the output back: r outputs of a layer see (r - 1) stride + size entries before it."""
    seen = 0 * sizes[:1] + 1
    for size, stride in zip(sizes[::-1], strides[::-1], strict=True):
        seen = (seen - 1) * stride + size
    return f(sizes, strides)[-1:], seen


def _torch(torch, sizes, strides):
    field, jump, found = 1, 1, []
    for size, stride in zip(sizes.tolist(), strides.tolist(), strict=True):
        field, jump = field + (size - 1) * jump, jump * stride
        found.append((field + 2**63) % 2**64 - 2**63)  # as whole numbers of 64 bits overflow
    return torch.tensor(found, dtype=torch.int64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(last_stride_does_not_matter, windows_of_one_add_nothing, outputs_seen_backwards),
)
