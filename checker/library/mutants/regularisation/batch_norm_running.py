"""Mutants of the running statistics."""

from checker.library.marks import convention
from reference.regularisation.batch_norm_running import run
from reference.regularisation.batch_norm_train import all_but_channels, along_channels


def _new(momentum, weighs, batches):
    """The weight of this batch."""
    if batches is not None:
        return 1 / batches
    return momentum if weighs == "new" else 1 - momentum


def _step(x, mean, variance, new, unbiased, spread=None):
    axes = all_but_channels(x)
    centred = x - x.mean(axis=axes, keepdims=True)
    count = x.size // len(mean)
    batch = (centred**2).sum(axis=axes) / (count - 1 if unbiased else count)
    batch = batch if spread is None else spread
    return (1 - new) * mean + new * x.mean(axis=axes), (1 - new) * variance + new * batch


@convention
def weights_swapped(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    """The momentum weighs the other of the two: frameworks differ here, and so do texts.

    With momentum 0.1, does the running mean change quickly or slowly here?
    """
    other = "old" if weighs == "new" else "new"
    settings = {"momentum": momentum, "weighs": other, "unbiased": unbiased}
    return run(x, mean, variance, batches=batches, **settings)


@convention
def other_divisor(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    """The variance of the batch is divided by the other of n and n - 1.

    Which of them does the text ask for?
    """
    new = _new(momentum, weighs, batches)
    count = x.size // len(mean)
    axes = all_but_channels(x)
    centred = x - x.mean(axis=axes, keepdims=True)
    spread = (centred**2).sum(axis=axes) / max(count if unbiased else count - 1, 1)
    return _step(x, mean, variance, new, unbiased, spread)


def standard_deviation_averaged(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    """The standard deviation of the batch is mixed in; it is the variance that is kept.

    In metres, what is the unit of what you add to the variance?
    """
    new = _new(momentum, weighs, batches)
    _, batch = _step(x, mean, 0 * variance, 1.0, unbiased)
    return _step(x, mean, variance, new, unbiased, batch**0.5)


def only_the_batch(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    """The statistics of the last batch are kept, and those before are forgotten.

    What is the momentum for?
    """
    return _step(x, mean, variance, 1.0, unbiased)


def never_updated(x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None):
    """The running statistics stay as they were.

    What will the network be normalised with when it is used?
    """
    return mean + 0, variance + 0


def added_without_decay(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    """The batch is added and nothing of the old is taken away: the statistics grow and grow.

    What should the weights of the old and the new add up to?
    """
    new = _new(momentum, weighs, batches)
    m, v = _step(x, 0 * mean, 0 * variance, 1.0, unbiased)
    return mean + new * m, variance + new * v


def spread_around_the_running_mean(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    """The variance of the batch is taken around the running mean; it has a mean of its own.

    From which mean do the deviations of this batch count?
    """
    new = _new(momentum, weighs, batches)
    axes = all_but_channels(x)
    shape = (1, -1, *[1] * (x.ndim - 2))
    count = x.size // len(mean)
    spread = ((x - mean.reshape(shape)) ** 2).sum(axis=axes) / (count - 1 if unbiased else count)
    return _step(x, mean, variance, new, unbiased, spread)


def spread_around_the_new_mean(
    x, mean, variance, *, momentum=0.1, weighs="new", unbiased=True, batches=None
):
    """The variance of the batch is taken around the new running mean, not around its own mean.

    From which mean do the deviations of this batch count?
    """
    new = _new(momentum, weighs, batches)
    axes = all_but_channels(x)
    centre = (1 - new) * mean + new * x.mean(axis=axes)
    count = x.size // len(mean)
    squares = (x - along_channels(centre, x)) ** 2
    spread = squares.sum(axis=axes) / (count - 1 if unbiased else count)
    return _step(x, mean, variance, new, unbiased, spread)


def momentum_beside_the_count(x, mean, variance, *, batches=None, **settings):
    """The momentum is used although the batches are counted; then they all weigh the same.

    After four batches, how much should the first of them weigh?
    """
    return run(x, mean, variance, batches=None, **settings)


def counted_from_zero(x, mean, variance, *, batches=None, **settings):
    """This batch is not counted, so each weighs too much.

    How many batches are there after the first?
    """
    return run(x, mean, variance, batches=batches and max(batches - 1, 1), **settings)
