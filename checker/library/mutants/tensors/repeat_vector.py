"""Mutants of repeating a vector."""

import numpy as np

from reference.spec import settings_of
from reference.tensors.repeat_vector import backward, forward

# The gradient shows how many times there are.
NOT_APPLICABLE = ("times_ignored",)


@settings_of(forward)
def side_by_side(x, *, times):
    """The copies stand side by side in one long row; they need an axis of their own.

    How many axes has a sequence of vectors for each example?
    """
    return np.tile(x, (1, times))


@settings_of(forward)
def as_further_examples(x, *, times):
    """The copies are further examples; they are the times of one example.

    How many examples does the result have?
    """
    return np.repeat(x, times, axis=0)


@settings_of(forward)
def times_first(x, *, times):
    """The times are the first axis; they come after the examples.

    Which axis of the result counts the examples?
    """
    return np.stack([x] * times)


@settings_of(forward)
def times_last(x, *, times):
    """The times are the last axis; the features should be.

    Is a vector of one time a row of the result, or a column?
    """
    return np.stack([x] * times, axis=-1)


@settings_of(forward)
def examples_mixed(x, *, times):
    """An example has copies of the others: the batch was repeated and then divided.

    Which example is next in the repeated batch, the same one or another?
    """
    return np.tile(x, (times, 1)).reshape(len(x), times, x.shape[1])


@settings_of(forward)
def features_mixed(x, *, times):
    """Each feature is repeated by itself, so that the vectors of the times are mixtures.

    What is the second number of the first vector?
    """
    return np.repeat(x, times, axis=1).reshape(len(x), times, x.shape[1])


@settings_of(forward)
def first_time_only(x, *, times):
    """Only the first time has the vector, and the others have zeros.

    What does the decoder read at the second time?
    """
    y = np.zeros((len(x), times, x.shape[1]))
    y[:, 0] = x
    return y


@settings_of(forward)
def shared_among_the_times(x, *, times):
    """Each time gets its share of the vector; it gets the whole vector.

    Is the vector at the last time smaller if there are more times?
    """
    return forward(x, times=times) / times


@settings_of(forward)
def one_copy_too_many(x, *, times):
    """There is a copy too many: the vector itself is one of those asked for.

    How many times does the result have?
    """
    return forward(x, times=times + 1)


@settings_of(forward)
def averaged_over_the_times(grad, x, *, times):
    """The gradients of the times are averaged; each copy adds to the loss.

    If x grows by 1, how much does the sum of all copies grow?
    """
    return (grad.mean(axis=1),)


@settings_of(forward)
def of_the_last_time(grad, x, *, times):
    """Only the gradient of the last time arrives.

    Which times depend on x?
    """
    return (grad[:, -1],)


@settings_of(forward)
def of_the_first_time(grad, x, *, times):
    """Only the gradient of the first time arrives.

    Which times depend on x?
    """
    return (grad[:, 0],)


@settings_of(forward)
def summed_over_the_features(grad, x, *, times):
    """The gradient is summed over the features as well.

    Does one feature of x change the others in the copies?
    """
    return (0 * x + grad.sum(axis=(1, 2))[:, None],)


@settings_of(forward)
def examples_added(grad, x, *, times):
    """The gradients of all examples are added; each has its own.

    Does one example change the copies of another?
    """
    return (0 * x + grad.sum(axis=(0, 1)),)


@settings_of(forward)
def multiplied_by_the_times(grad, x, *, times):
    """The sum is multiplied by the number of times, which is counted in it already.

    How many terms does the sum over the times have?
    """
    return (times * backward(grad, x, times=times)[0],)
