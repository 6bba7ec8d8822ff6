"""Running averages of instance normalisation: one update in training.

    mean <- (1 - m) mean + m batch_mean          (momentum m weighs the new)
    batch_mean[c] = mean over the examples n of the mean of x[n, c]

The variance is updated in the same way, by the mean over the examples of the variance of each
channel of each example around its own mean. It is the unbiased one, divided by p - 1 for p places,
although the normalisation divides by p. So the brightness of an image, in which the examples
differ, is no part of it: batch normalisation, which averages around the mean of the batch, has a
larger variance.

Images have shape (n, c, *axes) with one to three axes. PyTorch keeps these averages in its modules
InstanceNorm1d to 3d if `track_running_stats` is set, which is not the default, and with a momentum
of None leaves them as they are. Its use is then `batch_norm_inference` with these averages. Keras
has none. One place per channel has no unbiased variance, and raises ValueError.

    >>> import numpy as np
    >>> [a.tolist() for a in run(np.array([[[1, 3]], [[4, 8]]]), np.zeros(1), np.ones(1))]
    [[0.4], [1.4]]

Source: PyTorch's instance_norm; Ulyanov, Vedaldi, Lempitsky 2016, eq. 4; Ioffe and Szegedy 2015,
algorithm 2 (the averages).
"""

import math
from typing import Annotated as Shaped

from reference.regularisation import batch_norm_running
from reference.spec import Between, Given, Named, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n c *h+1"],
    mean: Shaped[Real, "c"],
    variance: Shaped[Real, "c", Between(0, 4), Given()],
    *,
    momentum: Shaped[float, Try((0.1, 0.99)), Range(0, 1)] = 0.1,
) -> tuple[Shaped[Real, "c", Named("new mean")], Shaped[Real, "c", Named("new variance")]]:
    axes, places = tuple(range(2, x.ndim)), math.prod(x.shape[2:])
    if places < 2:
        raise ValueError(f"the unbiased variance needs two places, and x has shape {x.shape}")
    level = x.mean(axis=axes, keepdims=True)
    spread = ((x - level) * (x - level)).sum(axis=axes) / (places - 1)
    level = level.reshape(x.shape[:2]).mean(axis=0)
    # As a step towards the batch: computing 1 - momentum would lose digits in float32.
    return mean + momentum * (level - mean), variance + momentum * (spread.mean(axis=0) - variance)


def settles_on_a_batch_that_returns(f, x, mean, variance, momentum):
    """Running averages that equal those of the batch do not change."""
    kept = f(x, mean, variance, momentum=1.0)
    return f(x, *kept, momentum=momentum), kept


def means_as_in_batch_normalisation(f, x, mean, variance, momentum):
    """All examples have as many places, so the mean is that of batch normalisation."""
    both = batch_norm_running.run(x, mean, variance, momentum=momentum)
    return f(x, mean, variance, momentum=momentum)[0], both[0]


def variance_is_blind_to_the_level_of_each_image(f, x, mean, variance, momentum):
    """Making one image brighter than another leaves the variance as it is."""
    levels = x.sum(axis=tuple(range(2, x.ndim)), keepdims=True)
    brighter = f(x + levels, mean, variance, momentum=momentum)
    return brighter[1], f(x, mean, variance, momentum=momentum)[1]


def one_example_is_a_batch(f, x, mean, variance, momentum):
    """The averages of one example are those of batch normalisation with a batch of one."""
    one = x[:1]
    both = batch_norm_running.run(one, mean, variance, momentum=momentum)
    return f(one, mean, variance, momentum=momentum), both


def _torch(torch, x, mean, variance, momentum):
    # Centred first: PyTorch's variance loses digits where the mean is far larger than the spread.
    level = x.mean(dim=tuple(range(2, x.ndim)), keepdim=True)
    torch.nn.functional.instance_norm(x, mean, variance.clone(), momentum=momentum)
    torch.nn.functional.instance_norm(x - level, mean.clone(), variance, momentum=momentum)
    return mean, variance


SPEC = Procedure(
    run=run,
    terms=batch_norm_running.SPEC.terms,
    torch=_torch,
    properties=(
        settles_on_a_batch_that_returns,
        means_as_in_batch_normalisation,
        variance_is_blind_to_the_level_of_each_image,
        one_example_is_a_batch,
    ),
)
