"""Fusion of batch normalisation: a layer takes over the normalisation that follows it.

    s = gamma / sqrt(variance + epsilon)               for each output of the layer
    weight <- s weight,   bias <- s (bias - mean) + beta

In use, `batch_norm_inference` is one factor and one shift for each channel. So a convolution or a
dense layer with a normalisation after it is one layer with other weights, which has the same
outputs and takes less time. mean and variance are the running statistics.

The weight is that of PyTorch: (outputs, inputs) of a dense layer, with the axes of the kernel after
these two for a convolution. With `transpose`, it is that of a transposed convolution without
groups, whose outputs are axis 1. Without a bias, gamma or beta, they are 0, 1 and 0; the new layer
has a bias in any case. These are fuse_conv_bn_weights and fuse_linear_bn_weights of PyTorch, and
what the functions _eval do to whole layers. Keras has no such function. A weight of fewer than two
axes, or of another number of outputs, raises ValueError.

    >>> import numpy as np
    >>> weight, one = np.array([[1.0, 2.0]]), np.ones(1)
    >>> run(weight, None, 6 * one, one, mean=5 * one, variance=4 * one, epsilon=5.0)
    (array([[2., 4.]]), array([-9.]))

Source: Ioffe and Szegedy 2015, algorithm 2, steps 10-11; PyTorch's fuse_conv_bn_weights.
"""

import math
from typing import Annotated as Shaped

import numpy as np

from reference.regularisation import batch_norm_inference
from reference.spec import Between, Given, Maybe, Named, Procedure, Range, Real, Try

OUTPUTS = "k*(1-transpose)+i*transpose i*(1-transpose)+k*transpose ..."


def run(
    weight: Shaped[Real, OUTPUTS],
    bias: Shaped[Real | None, "k", Maybe()],
    gamma: Shaped[Real | None, "k", Maybe()],
    beta: Shaped[Real | None, "k", Maybe()],
    mean: Shaped[Real, "k"],
    variance: Shaped[Real, "k", Between(0, 4), Given()],
    *,
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
    transpose: Shaped[bool, Try((False, True))] = False,
) -> tuple[Shaped[Real, OUTPUTS, Named("new weight")], Shaped[Real, "k", Named("new bias")]]:
    axis = int(transpose)
    if weight.ndim < 2 or weight.shape[axis] != len(mean):
        raise ValueError(f"a weight of {weight.shape} does not have {len(mean)} outputs")
    factor = (1 if gamma is None else gamma) / np.sqrt(variance + epsilon)
    shift = (0 if bias is None else bias) - mean
    new_bias = factor * shift + (0 if beta is None else beta)
    lengths = [1] * weight.ndim
    lengths[axis] = len(mean)
    return weight * np.reshape(factor, lengths), new_bias


def the_layer_and_its_normalisation(f, weight, bias, gamma, beta, mean, variance, **settings):
    """The new layer has the outputs that the old one has after the normalisation."""
    axis, zero = int(settings["transpose"]), 0 * mean
    new_weight, new_bias = f(weight, bias, gamma, beta, mean, variance, **settings)
    rows, new_rows = (
        np.reshape(np.moveaxis(w, axis, 0), (len(mean), -1)) for w in (weight, new_weight)
    )
    x = rows[::-1] + 1
    y = x @ rows.T + (zero if bias is None else bias)
    gamma, beta = (1 + zero if gamma is None else gamma), (zero if beta is None else beta)
    normal = batch_norm_inference.forward(
        y, gamma, beta, mean, variance, epsilon=settings["epsilon"]
    )
    return x @ new_rows.T + new_bias, normal, 100 * (np.abs(x) @ np.abs(rows).T).max(initial=0)


def nothing_to_take_over(f, weight, bias, gamma, beta, mean, variance, **settings):
    """A normalisation that undoes itself leaves weight and bias as they are."""
    spread = np.sqrt(variance + settings["epsilon"])
    kept = 0 * mean if bias is None else bias
    return f(weight, bias, spread, mean, mean, variance, **settings), (weight, kept)


def what_is_not_there(f, weight, bias, gamma, beta, mean, variance, **settings):
    """No bias is a bias of 0, no gamma one of 1, and no beta one of 0."""
    statistics = mean, variance
    zero = 0 * mean
    left = f(weight, None, None, None, *statistics, **settings)
    return left, f(weight, zero, 1 + zero, zero, *statistics, **settings)


def transposed_alike(f, weight, bias, gamma, beta, mean, variance, *, epsilon, transpose):
    """A weight with its first two axes exchanged is fused alike with the other `transpose`."""
    others = bias, gamma, beta, mean, variance
    turned, new = f(weight.swapaxes(0, 1), *others, epsilon=epsilon, transpose=not transpose)
    both = turned.swapaxes(0, 1), new
    return both, f(weight, *others, epsilon=epsilon, transpose=transpose)


def _torch(torch, weight, bias, gamma, beta, mean, variance, epsilon, transpose):
    fuse = torch.nn.utils.fuse_conv_bn_weights
    fused = fuse(weight, bias, mean, variance, epsilon, gamma, beta, transpose)
    return tuple(each.detach() for each in fused)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(
        the_layer_and_its_normalisation,
        nothing_to_take_over,
        what_is_not_there,
        transposed_alike,
    ),
)
