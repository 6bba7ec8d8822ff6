"""Right ways to keep the running statistics of instance normalisation."""

import math

import numpy as np


def weighted_sums(x, mean, variance, *, momentum=0.1):
    axes = tuple(range(2, x.ndim))
    level, spread = x.mean(axis=axes).mean(axis=0), x.var(axis=axes, ddof=1).mean(axis=0)
    old = 1 - momentum
    return old * mean + momentum * level, old * variance + momentum * spread


def channel_by_channel(x, mean, variance, *, momentum=0.1):
    means, variances = np.array(mean), np.array(variance)
    for c in range(x.shape[1]):
        images = [image.ravel() for image in x[:, c]]
        level = sum(image.mean() for image in images) / len(images)
        spread = sum(image.var(ddof=1) for image in images) / len(images)
        means[c] += momentum * (level - means[c])
        variances[c] += momentum * (spread - variances[c])
    return means, variances


def as_one_row_for_each_image(x, mean, variance, *, momentum=0.1):
    rows = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    level, spread = rows.mean(axis=(0, 2)), np.var(rows, axis=2, ddof=1).sum(axis=0) / len(x)
    return mean - momentum * (mean - level), variance - momentum * (variance - spread)


def with_a_loop_over_examples(x, mean, variance, *, momentum=0.1):
    share = momentum / len(x)
    new_mean, new_variance = (1 - momentum) * mean, (1 - momentum) * variance
    for image in x:
        rows = image.reshape(len(image), math.prod(image.shape[1:]))
        level = rows.mean(axis=1)
        squares = ((rows - level[:, None]) ** 2).sum(axis=1)
        new_mean = new_mean + share * level
        new_variance = new_variance + share * squares / (rows.shape[1] - 1)
    return new_mean, new_variance
