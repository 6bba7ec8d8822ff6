"""Fan-in and fan-out: the number of inputs of an output, and of outputs of an input.

    fan_in = inputs positions,   fan_out = outputs positions

A dense kernel has one position, and a convolution kernel has as many as it covers (3 x 3: nine).
Keras stores a convolution kernel as (height, width, inputs, outputs) and a dense kernel as (inputs,
outputs); this is the layout "in_out", the default here. PyTorch stores them as (outputs, inputs,
height, width) and (outputs, inputs), the layout "out_in". Strides are ignored, and so are positions
in the padding. A kernel with fewer than two axes raises ValueError, as in PyTorch.

    >>> run(np.zeros((3, 3, 8, 16)))
    (72, 144)

Source: Glorot and Bengio 2010; Vanschoren (001); torch.nn.init and Keras count alike.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Convention, Example, Named, Procedure, Real


def run(
    kernel: Shaped[Real, "... i o"],
    *,
    layout: Shaped[str, Convention(("in_out", "out_in"))] = "in_out",
) -> tuple[Shaped[int, Named("fan_in")], Shaped[int, Named("fan_out")]]:
    if layout == "out_in":
        outputs, inputs, *positions = kernel.shape
    else:
        *positions, inputs, outputs = kernel.shape
    return inputs * math.prod(positions), outputs * math.prod(positions)


def layouts_differ_by_order(f, kernel, layout):
    """Reversing all axes of a kernel and using the other layout gives the same fans."""
    return f(kernel.T, layout="out_in"), f(kernel, layout="in_out")


def dense_kernels_have_one_position(f, kernel, layout):
    """The fans of a matrix are the lengths of its two axes."""
    matrix = np.reshape(kernel, (kernel.shape[0], -1))
    inputs, outputs = matrix.shape
    if layout == "out_in":
        inputs, outputs = outputs, inputs
    return f(matrix, layout=layout), (inputs, outputs)


def every_position_counts(f, kernel, layout):
    """Six times as many positions multiply both fans by six."""
    few, many = (np.broadcast_to(kernel, (n, *kernel.shape)) for n in (1, 6))
    fan_in, fan_out = f(few, layout="in_out")
    return f(many, layout="in_out"), (6 * fan_in, 6 * fan_out)


def _torch(torch, kernel, layout):
    if layout == "in_out":
        kernel = kernel.permute(*reversed(range(kernel.ndim)))
    return torch.nn.init._calculate_fan_in_and_fan_out(kernel)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(layouts_differ_by_order, dense_kernels_have_one_position, every_position_counts),
    examples=(
        Example(
            inputs={"kernel": np.zeros((4, 2))},
            prints={"run": (None, None)},
            source="the text, a dense layer",
        ),
        Example(
            inputs={"kernel": np.zeros((3, 3, 8, 16))},
            prints={"run": (None, None)},
            source="the text, a convolution",
        ),
    ),
)
