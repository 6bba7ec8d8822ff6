"""Softmax over the channels of an image: at each place, its channels are probabilities.

    p[c, i, j] = exp(x[c, i, j]) / sum_k exp(x[k, i, j])                 (forward)
    dL/dx[c, i, j] = p[c, i, j] (g[c, i, j] - sum_k g[k, i, j] p[k, i, j])   (backward, g = dL/dp)

The channels are the third axis from the end: an image has the shape (channels, height, width), or
(examples, channels, height, width) in a batch. It is `softmax` at each place by itself, as a
network needs that finds the class of each pixel. PyTorch has it as Softmax2d, which takes these two
shapes; Keras has the channels last, where its Softmax does the same. An array with fewer than three
axes raises ValueError. For inf, nan and empty arrays, see `softmax`.

    >>> forward(np.log([[[1.0, 3.0]], [[1.0, 1.0]]])).round(4)
    array([[[0.5 , 0.75]],
    <BLANKLINE>
           [[0.5 , 0.25]]])

Source: Bridle 1990; Long, Shelhamer, Darrell 2015, section 4 (each pixel); PyTorch's Softmax2d.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.activations import softmax
from reference.spec import Gradients, Real, Spec


def forward(x: Shaped[Real, "... c h w"]) -> Shaped[Real, "... c h w"]:
    return np.moveaxis(softmax.forward(_channels_last(x)), -1, -3)


def backward(grad: Real, x: Real) -> Gradients:
    (dx,) = softmax.backward(_channels_last(grad), _channels_last(x))
    return (np.moveaxis(dx, -1, -3),)


def _channels_last(x: Real) -> Real:
    if x.ndim < 3:
        raise ValueError(f"an image has channels, height and width, and x has shape {x.shape}")
    return np.moveaxis(x, -3, -1)


def sums_to_one(f, x):
    """At each place, the probabilities of the channels add up to one."""
    return f(x).sum(axis=-3), 1 + 0 * x.sum(axis=-3)


def blind_to_a_shift_of_each_place(f, x):
    """Adding one number to all channels of a place changes nothing, and each has its own."""
    return f(x + 3 * x[..., :1, :, :] + 2), f(x)


def places_are_separate(f, x):
    """The mirror image gives the mirror image of the probabilities."""
    return f(x[..., ::-1, ::-1]), f(x)[..., ::-1, ::-1]


def channels_in_another_order(f, x):
    """Reversing the order of the channels reverses the order of the probabilities."""
    return f(x[..., ::-1, :, :]), f(x)[..., ::-1, :, :]


def _torch(torch, x):
    return torch.nn.Softmax2d()(x) if x.ndim in (3, 4) else torch.softmax(x, dim=-3)


SPEC = Spec(
    forward=forward,
    backward=backward,
    torch=_torch,
    properties=(
        sums_to_one,
        blind_to_a_shift_of_each_place,
        places_are_separate,
        channels_in_another_order,
    ),
)
