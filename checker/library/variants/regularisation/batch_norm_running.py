"""Right ways to keep running statistics."""

import numpy as np


def _new(momentum, weighs, batches):
    if batches is not None:
        return 1 / batches
    return momentum if weighs == "new" else 1 - momentum


def weighted_sums(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    axes = (0, *range(2, x.ndim))
    new = _new(momentum, weighs, batches)
    old = 1 - new
    spread = x.var(axis=axes, ddof=1 if unbiased else 0)
    return old * mean + new * x.mean(axis=axes), old * variance + new * spread


def channel_by_channel(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    new = _new(momentum, weighs, batches)
    means, variances = np.array(mean), np.array(variance)
    for c in range(x.shape[1]):
        values = x[:, c].ravel()
        spread = ((values - values.mean()) ** 2).sum() / (len(values) - (1 if unbiased else 0))
        means[c] += new * (values.mean() - means[c])
        variances[c] += new * (spread - variances[c])
    return means, variances


def from_the_sums(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    """With counted batches, the sums so far are those of all batches before."""
    axes = (0, *range(2, x.ndim))
    found = x.mean(axis=axes), x.var(axis=axes, ddof=int(unbiased))
    if batches is not None:
        pairs = zip((mean, variance), found, strict=True)
        return tuple(((batches - 1) * old + new) / batches for old, new in pairs)
    new = momentum if weighs == "new" else 1 - momentum
    return tuple(new * b + (1 - new) * a for a, b in zip((mean, variance), found, strict=True))


def with_a_loop_over_examples(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    new = _new(momentum, weighs, batches)
    count, rows = x.size // len(mean), [row.reshape(len(mean), -1) for row in x]
    level = sum(row.sum(axis=1) for row in rows) / count
    spread = sum(((row - level[:, None]) ** 2).sum(axis=1) for row in rows)
    spread = spread / (count - int(unbiased))
    return mean + new * (level - mean), variance + new * (spread - variance)
