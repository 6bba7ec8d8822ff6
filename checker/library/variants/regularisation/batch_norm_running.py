"""Right ways to keep running statistics."""

import numpy as np


def weighted_sums(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True):
    axes = (0, *range(2, x.ndim))
    new, old = (momentum, 1 - momentum) if weighs == "new" else (1 - momentum, momentum)
    spread = x.var(axis=axes, ddof=1 if unbiased else 0)
    return old * mean + new * x.mean(axis=axes), old * variance + new * spread


def channel_by_channel(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True):
    new = momentum if weighs == "new" else 1 - momentum
    means, variances = np.array(mean), np.array(variance)
    for c in range(x.shape[1]):
        values = x[:, c].ravel()
        spread = ((values - values.mean()) ** 2).sum() / (len(values) - (1 if unbiased else 0))
        means[c] += new * (values.mean() - means[c])
        variances[c] += new * (spread - variances[c])
    return means, variances
