"""Group normalisation: the channels of each example are normalised in groups.

    h = (x - mean) / sqrt(var + eps),   y = gamma h + beta     (forward, per example and group)
    dL/dh = g gamma                                            (backward, g = dL/dy)
    dL/dx = (dL/dh - mean(dL/dh) - h mean(h dL/dh)) / sqrt(var + eps)
    dL/dgamma = sum g h,   dL/dbeta = sum g                    (over examples and places)

Images have shape (n, c, *axes), as in PyTorch; Keras has the channels last. Neighbouring channels
form a group: with 6 channels and 2 groups these are the first three and the last three. Mean and
variance run over the channels of a group and over all places. One group is layer normalisation of
the whole example, and a group for each channel is instance normalisation. gamma and beta have one
number for each channel, and either may be None. The variance is the biased one, divided by n. eps
is 1e-5 here and in PyTorch, and 1e-3 in Keras, whose default are 32 groups. One number per group
has variance 0 and gives beta.

A number of channels that is no multiple of `groups` raises ValueError, and so does a gamma or beta
with another number of entries. An empty batch gives an empty batch.

    >>> forward(np.array([[1.0, 3.0, 10.0, 90.0]]), None, None, groups=2).round(3)
    array([[-1.,  1., -1.,  1.]])

Source: Wu and He 2018, section 3.1, eq. 1 to 7.
"""

import math
from typing import Annotated as Shaped
from typing import Any

import numpy as np

from reference.regularisation import layer_norm
from reference.regularisation.batch_norm_train import along_channels
from reference.spec import Maybe, Range, Real, Spec, Try, settings_of


def forward(
    x: Shaped[Real, "n groups*i ..."],
    gamma: Shaped[Real | None, "groups*i", Maybe()],
    beta: Shaped[Real | None, "groups*i", Maybe()],
    *,
    groups: Shaped[int, Try((1, 2, 3))],
    epsilon: Shaped[float, Try((1e-5, 1e-3)), Range(0, math.inf)] = 1e-5,
) -> Shaped[Real, "n groups*i ..."]:
    rows = in_rows(x, groups)
    for parameter in (gamma, beta):
        if parameter is not None and parameter.shape != x.shape[1:2]:
            raise ValueError(f"gamma and beta have one entry for each of {x.shape[1]} channels")
    normal, _ = layer_norm.normalised(rows, rows.shape[1:], epsilon)
    y = np.reshape(normal, (len(x), math.prod(x.shape[1:])))
    if gamma is not None:
        y *= of_an_image(gamma, x)
    if beta is not None:
        y += of_an_image(beta, x)
    return np.reshape(y, x.shape)


@settings_of(forward)
def backward(
    grad: Real, x: Real, gamma: Real | None, beta: Real | None, *, groups: int, epsilon: float
) -> tuple[Real | None, ...]:
    rows = in_rows(x, groups)
    normal, spread = layer_norm.normalised(rows, rows.shape[1:], epsilon)
    channels = (*x.shape[:2], math.prod(x.shape[2:]))
    up = np.reshape(grad, channels)
    of_up = np.vecdot(up, np.ones_like(up, shape=channels[2]))  # per example and channel
    of_both = np.vecdot(up, np.reshape(normal, channels))
    scale = 1.0 if gamma is None else gamma
    of_groups = (len(rows), x.shape[1] // groups)
    mean_of_up, mean_of_both = (
        np.reshape(scale * sums, of_groups).sum(axis=1, keepdims=True) / max(rows.shape[1], 1)
        for sums in (of_up, of_both)
    )
    dx = np.reshape(grad, (len(x), math.prod(x.shape[1:]))) * of_an_image(scale, x)
    dx = np.reshape(dx, rows.shape)
    normal *= mean_of_both
    dx -= normal  # in place, as large arrays take longer to make than to fill
    dx -= mean_of_up
    dx *= 1 / spread
    dgamma = None if gamma is None else of_both.sum(axis=0)
    dbeta = None if beta is None else of_up.sum(axis=0)
    return np.reshape(dx, x.shape), dgamma, dbeta


def of_an_image(parameter: Any, x: Real) -> Any:
    """One number for each channel, or one for all, as one for each entry of an image."""
    return parameter if np.ndim(parameter) == 0 else np.repeat(parameter, math.prod(x.shape[2:]))


def in_rows(x: Real, groups: int) -> Real:
    """One row for each example and group."""
    examples, channels, *lengths = x.shape
    if groups < 1 or channels % groups:
        raise ValueError(f"{channels} channels cannot be divided into {groups} equal groups")
    return np.reshape(x, (examples * groups, channels // groups * math.prod(lengths)))


def blind_to_a_shift_of_an_example(f, x, gamma, beta, **settings):
    """Adding one number to a whole example changes nothing."""
    return f(x + 2.0, gamma, beta, **settings), f(x, gamma, beta, **settings)


def blind_to_scale(f, x, gamma, beta, epsilon, **settings):
    """Multiplying the input by 4 and epsilon by 16 changes nothing."""
    larger = f(4 * x, gamma, beta, epsilon=16 * epsilon, **settings)
    return larger, f(x, gamma, beta, epsilon=epsilon, **settings)


def blind_to_the_rest_of_the_batch(f, x, gamma, beta, **settings):
    """Other examples in the batch change nothing for these."""
    together = f(np.concatenate([x, 3 * x**2 + 1]), gamma, beta, **settings)
    return together[: len(x)], f(x, gamma, beta, **settings)


def each_group_on_its_own(f, x, gamma, beta, groups, epsilon):
    """The first group alone gives what it gives beside the others."""
    count = x.shape[1] // groups
    alone = f(x[:, :count], None, None, groups=1, epsilon=epsilon)
    return alone, f(x, None, None, groups=groups, epsilon=epsilon)[:, :count]


def scaled_and_shifted_at_the_end(f, x, gamma, beta, **settings):
    """Gamma multiplies each normalised channel, then beta is added."""
    y = f(x, None, None, **settings)
    y = y if gamma is None else along_channels(gamma, x) * y
    return f(x, gamma, beta, **settings), y if beta is None else y + along_channels(beta, x)


def sizes_of_terms(x: Real, gamma: Real | None, *, groups: int, epsilon: float) -> Real:
    """The size of what cancels where the mean is subtracted, per unit of the gradient."""
    rows = in_rows(x, groups)
    spread = np.sqrt(rows.var(axis=1) + epsilon) if rows.size else np.ones(1)
    least = spread.min(initial=np.inf)
    lost = 1 + np.abs(x).max(initial=0) / least  # of the digits
    return lost * max(1.0, (1 if gamma is None else np.abs(gamma).max(initial=0)) / least)


def _torch(torch, x, gamma, beta, groups, epsilon):
    if not x.numel():
        return torch.group_norm(x, groups, gamma, beta, epsilon)
    # Centred first: PyTorch's gradient loses digits where the mean is far larger than the spread.
    rows = x.reshape(len(x) * groups, -1)
    centred = (rows - rows.mean(dim=1, keepdim=True)).reshape(x.shape)
    if gamma is None and beta is not None:  # which PyTorch fails on
        gamma = torch.ones_like(beta)
    return torch.group_norm(centred, groups, gamma, beta, epsilon)


SPEC = Spec(
    forward=forward,
    backward=backward,
    terms=lambda x, gamma, beta, **settings: sizes_of_terms(x, gamma, **settings),
    torch=_torch,
    properties=(
        blind_to_a_shift_of_an_example,
        blind_to_scale,
        blind_to_the_rest_of_the_batch,
        each_group_on_its_own,
        scaled_and_shifted_at_the_end,
    ),
)
