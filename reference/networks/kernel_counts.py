"""Number of parameters of each layer in a convolutional network.

    (size^2 inputs + 1) outputs        a kernel of size^2 inputs numbers and a bias for each output

`channels` has the channels of the image and then those of each layer, and `sizes` the length of the
square kernels of each layer. How large the image is does not matter, because the weights are shared
by all places.

    >>> run(np.array([1, 16, 32]), np.array([3, 3]))
    array([ 160, 4640])

Source: LeCun et al. 1989; Goodfellow, Bengio, Courville 2016, section 9.2.
"""

from itertools import pairwise
from typing import Annotated as Shaped

import numpy as np

from reference.spec import Below, Index, Procedure, Try


def run(
    channels: Shaped[Index, "l+1", Below("10", least=1)],
    sizes: Shaped[Index, "l", Below("6", least=1)],
    *,
    bias: Shaped[bool, Try((True, False))] = True,
) -> Shaped[Index, "l"]:
    channels, sizes = channels.astype(int), sizes.astype(int)  # small types would overflow
    return (sizes**2 * channels[:-1] + bias) * channels[1:]


def one_bias_for_each_output(f, channels, sizes, bias):
    """The biases add one parameter for each output."""
    return f(channels, sizes, bias=True) - f(channels, sizes, bias=False), channels[1:]


def kernels_of_one_are_dense(f, channels, sizes, bias):
    """Kernels of one entry have as many parameters as dense layers from channels to channels."""
    dense = [d * k + (k if bias else 0) for d, k in pairwise(channels)]
    return f(channels, 0 * sizes + 1, bias=bias), np.array(dense)


def _torch(torch, channels, sizes, bias):
    pairs = zip(pairwise(channels.tolist()), sizes.tolist(), strict=True)
    shapes = [((k, d, size, size), (k * bias,)) for (d, k), size in pairs]
    made = [[torch.empty(shape, device="meta") for shape in each] for each in shapes]
    return torch.tensor([sum(part.numel() for part in each) for each in made], dtype=torch.int64)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(one_bias_for_each_output, kernels_of_one_are_dense),
)
