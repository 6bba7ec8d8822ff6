"""Mutants of reshaping every example."""

import numpy as np

NOT_APPLICABLE = ("input_returned",)


def examples_merged(x, *, shape=(-1,)):
    """All examples are strung together into one.

    How many rows should come out of a batch of three images?
    """
    return np.reshape(x, shape)


def examples_last(x, *, shape=(-1,)):
    """The examples are counted by the last axis.

    Which axis counts examples, before and after?
    """
    flat = np.reshape(x, (len(x), -1))
    return np.moveaxis(np.reshape(flat, (len(x), *shape)), 0, -1)


def sizes_exchanged(x, *, shape=(-1,)):
    """Cut into the right number of rows, but along the wrong axis: the examples are mixed.

    Look at one row of your result. From how many examples are its numbers?
    """
    return np.reshape(np.reshape(x, (-1, len(x))).T, (len(x), *shape))


def first_axis_fastest(x, *, shape=(-1,)):
    """The numbers are read along the first axis first, as in Fortran; here the last runs fastest.

    In which order do the pixels of an image follow one another?
    """
    return np.reshape(x, (len(x), *shape), order="F")


def first_example_only(x, *, shape=(-1,)):
    """Only the first example is returned.

    How many examples went in?
    """
    return np.reshape(x[0], (1, *shape))


def summed(x, *, shape=(-1,)):
    """Only one number is left of each example.

    How many numbers has an example, before and after?
    """
    return np.reshape(np.reshape(x, (len(x), -1)).sum(axis=1), (len(x), *shape))
