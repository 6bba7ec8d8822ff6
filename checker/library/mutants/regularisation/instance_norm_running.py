"""Mutants of the running statistics of instance normalisation."""

import math

from checker.library.marks import convention
from reference.regularisation import batch_norm_running
from reference.regularisation.instance_norm_running import run


def _statistics(x, unbiased=True):
    """Mean and variance of each channel of each example."""
    axes = tuple(range(2, x.ndim))
    return x.mean(axis=axes), x.var(axis=axes, ddof=int(unbiased))


def _moved(kept, found, momentum):
    return tuple(old + momentum * (new - old) for old, new in zip(kept, found, strict=True))


@convention
def momentum_weighs_the_old(x, mean, variance, *, momentum=0.1):
    """The momentum weighs what was there before, as in Keras; here it weighs the new batch.

    With momentum 0.1, does the running mean change quickly or slowly here?
    """
    return run(x, mean, variance, momentum=1 - momentum)


@convention
def divided_by_the_number_of_places(x, mean, variance, *, momentum=0.1):
    """The variance is divided by the number of places; for the average it is one less.

    Which of the two variances is kept for later, and which normalises this batch?
    """
    level, spread = _statistics(x, unbiased=False)
    return _moved((mean, variance), (level.mean(axis=0), spread.mean(axis=0)), momentum)


def spread_of_the_batch(x, mean, variance, *, momentum=0.1):
    """The variance is that of the whole batch, as in batch normalisation; each image has its own.

    If one image is dark and the other bright, which of the two variances is large?
    """
    return batch_norm_running.run(x, mean, variance, momentum=momentum)


def spread_of_the_means(x, mean, variance, *, momentum=0.1):
    """The variance is that of the means of the images; it is the mean of their variances.

    Is it the images that differ, or the places of one image?
    """
    level, _ = _statistics(x)
    return _moved((mean, variance), (level.mean(axis=0), level.var(axis=0)), momentum)


def summed_over_the_examples(x, mean, variance, *, momentum=0.1):
    """The statistics of the examples are added up; their mean is kept.

    What happens to the average if the batch becomes twice as large?
    """
    level, spread = _statistics(x)
    return _moved((mean, variance), (level.sum(axis=0), spread.sum(axis=0)), momentum)


def first_example_only(x, mean, variance, *, momentum=0.1):
    """Only the first example is looked at.

    What of the other images of the batch?
    """
    return run(x[:1], mean, variance, momentum=momentum)


def example_after_example(x, mean, variance, *, momentum=0.1):
    """There is an update for each example; there is one for each batch.

    How much do the old averages weigh after a batch of 10 images?
    """
    for k in range(len(x)):
        mean, variance = run(x[k : k + 1], mean, variance, momentum=momentum)
    return mean, variance


def standard_deviation_averaged(x, mean, variance, *, momentum=0.1):
    """The standard deviation is mixed in; it is the variance that is kept.

    In metres, what is the unit of what you add to the variance?
    """
    level, spread = _statistics(x)
    return _moved((mean, variance), (level.mean(axis=0), (spread**0.5).mean(axis=0)), momentum)


def never_updated(x, mean, variance, *, momentum=0.1):
    """The running statistics stay as they were.

    What will the network be normalised with when it is used?
    """
    return mean + 0, variance + 0


def added_without_decay(x, mean, variance, *, momentum=0.1):
    """The batch is added and nothing of the old is taken away: the statistics grow and grow.

    What should the weights of the old and the new add up to?
    """
    level, spread = _statistics(x)
    return mean + momentum * level.mean(axis=0), variance + momentum * spread.mean(axis=0)


def spread_around_the_running_mean(x, mean, variance, *, momentum=0.1):
    """The variance is taken around the running mean; each image has a mean of its own.

    From which mean do the deviations of this image count?
    """
    squares = (x - mean.reshape(1, -1, *[1] * (x.ndim - 2))) ** 2
    spread = squares.sum(axis=tuple(range(2, x.ndim))) / (math.prod(x.shape[2:]) - 1)
    level, _ = _statistics(x)
    return _moved((mean, variance), (level.mean(axis=0), spread.mean(axis=0)), momentum)
