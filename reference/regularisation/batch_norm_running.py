"""Running averages of batch normalisation, used for inference: one update in training.

    mean <- (1 - m) mean + m batch_mean                (momentum m weighs the new, as in PyTorch)
    mean <- m mean + (1 - m) batch_mean                (momentum m weighs the old, as in Keras)
    mean <- mean + (batch_mean - mean) / k             (after k batches, which all weigh the same)

The variance is updated in the same way. A momentum of 0.1 in PyTorch means the same as 0.9 in
Keras; the defaults are 0.1 here and in PyTorch, and 0.99 in Keras. PyTorch averages the unbiased
variance of the batch (divided by n - 1), although the batch itself is normalised with the biased
variance (divided by n). Keras averages the biased variance. With one number per channel, the
unbiased variance is nan.

`batches` is k, which counts this batch too: the averages are then the means over all batches,
whatever the momentum. PyTorch does so with a momentum of None, and counts the batches itself. The
first of them replaces what the averages were.

    >>> import numpy as np
    >>> [a.tolist() for a in run(np.array([[1], [3]]), np.zeros(1), np.ones(1), momentum=0.5)]
    [[1.0], [1.5]]

Source: Ioffe and Szegedy 2015, algorithm 2; Vanschoren (001), "Batch Normalization".
"""

from typing import Annotated as Shaped

from reference.regularisation.batch_norm_train import all_but_channels
from reference.spec import Between, Given, Named, Procedure, Range, Real, Try


def run(
    x: Shaped[Real, "n c ..."],
    mean: Shaped[Real, "c"],
    variance: Shaped[Real, "c", Between(0, 4), Given()],
    *,
    momentum: Shaped[float, Try((0.1, 0.99)), Range(0, 1)] = 0.1,
    weighs: Shaped[str, Try(("new", "old"))] = "new",
    unbiased: Shaped[bool, Try((True, False))] = True,
    batches: Shaped[int | None, Try((None, 1, 3))] = None,
) -> tuple[Shaped[Real, "c", Named("new mean")], Shaped[Real, "c", Named("new variance")]]:
    axes = all_but_channels(x)
    new, many = (momentum if weighs == "new" else 1 - momentum), 1
    if batches is not None:
        new, many = 1, batches
    centred = x - x.mean(axis=axes, keepdims=True)
    count = x.size // len(mean)
    spread = (centred * centred).sum(axis=axes) / (count - 1 if unbiased else count)
    # As a step towards the batch: computing 1 - new would lose digits in float32, as in torch.
    steps = x.mean(axis=axes) - mean, spread - variance
    return mean + new * steps[0] / many, variance + new * steps[1] / many


def settles_on_a_batch_that_returns(f, x, mean, variance, **settings):
    """Running averages that equal those of the batch do not change."""
    kept = f(x, mean, variance, **{**settings, "batches": 1})
    return f(x, *kept, **settings), kept


def two_meanings_of_momentum(f, x, mean, variance, momentum, weighs, **settings):
    """Weighting the new value by m is the same as weighting the old value by 1 - m."""
    new = f(x, mean, variance, momentum=momentum, weighs="new", **settings)
    return new, f(x, mean, variance, momentum=1 - momentum, weighs="old", **settings)


def batches_weigh_the_same(f, x, mean, variance, **settings):
    """Counted as the first, second and third, three batches give the mean of their statistics."""
    three = x, 2 * x + 1, -x
    alone = [f(each, mean, variance, **{**settings, "batches": 1}) for each in three]
    kept = mean, variance
    for k, each in enumerate(three):
        kept = f(each, *kept, **{**settings, "batches": k + 1})
    return kept, tuple(sum(values) / 3 for values in zip(*alone, strict=True))


def unbiased_is_larger_by_n_over_n_less_one(f, x, mean, variance, unbiased, **alone):
    """For one batch, the unbiased variance times n - 1 is the biased variance times n."""
    larger = f(x, mean, 0 * variance, **alone, unbiased=True)[1]
    smaller = f(x, mean, 0 * variance, **alone, unbiased=False)[1]
    count = x.size // len(mean)
    return larger * (count - 1), smaller * count


def _torch(torch, x, mean, variance, momentum, weighs, unbiased, batches):
    new = momentum if weighs == "new" else 1 - momentum
    new = new if batches is None else 1 / batches  # which is what its modules take
    if unbiased:
        torch.nn.functional.batch_norm(x, mean, variance, training=True, momentum=new)
        return mean, variance
    spread, level = torch.var_mean(x, dim=(0, *range(2, x.ndim)), correction=0)
    return (1 - new) * mean + new * level, (1 - new) * variance + new * spread


def _terms(x, mean, variance, **_):
    """A step of nearly the whole way cancels the statistics that it starts from."""
    return max(abs(mean).max(initial=0), abs(variance).max(initial=0))


SPEC = Procedure(
    run=run,
    terms=_terms,
    torch=_torch,
    properties=(
        settles_on_a_batch_that_returns,
        two_meanings_of_momentum,
        batches_weigh_the_same,
        unbiased_is_larger_by_n_over_n_less_one,
    ),
    possible=lambda x, mean, variance, **_: x.size > len(mean),
)
