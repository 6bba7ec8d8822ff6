"""Mutants of channel shuffle."""

import numpy as np

from reference.resampling.channel_shuffle import backward, forward


def groups_and_channels_exchanged(x, *, groups):
    """The number of groups is taken for the number of channels in a group.

    How many channels has each of 2 groups if there are 6?
    """
    return forward(x, groups=x.shape[1] // groups)


def groups_in_reverse(x, *, groups):
    """The groups take turns in reverse: the last group begins.

    Which channel comes first in the result?
    """
    table = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    return forward(table[:, ::-1].reshape(x.shape), groups=groups)


def rotated_by_a_group(x, *, groups):
    """The groups are only moved on by one place; their channels should take turns.

    Which channel stands beside the first one in the result?
    """
    return np.roll(x, x.shape[1] // groups, axis=1)


def order_reversed(x, *, groups):
    """The order of the channels is reversed.

    Which channel comes second in the result?
    """
    return x[:, ::-1].copy()


def shuffled_within_the_groups(x, *, groups):
    """The channels are exchanged within their groups; the groups should mix.

    From which group does the second channel of the result come?
    """
    table = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    return table[:, :, ::-1].reshape(x.shape)


def examples_shuffled(x, *, groups):
    """The table of groups and channels is turned with that of the examples.

    Which examples does the first example of the result have numbers of?
    """
    table = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    return table.swapaxes(0, 1).reshape(x.shape)


def as_it_was(x, *, groups):
    """The channels stay where they are.

    From which group should the second channel of the result come?
    """
    return x.copy()


def gradient_shuffled_again(grad, x, *, groups):
    """The gradient is shuffled as the image was; it has to be put back.

    From where did the second channel of the result come?
    """
    return (forward(grad, groups=groups),)


def gradient_as_it_was(grad, x, *, groups):
    """The gradient is not put back to where its channels came from.

    From where did the second channel of the result come?
    """
    return (grad.copy(),)


def gradient_in_reverse(grad, x, *, groups):
    """The gradient is put back from the last channel on.

    From where did the first channel of the result come?
    """
    return backward(grad[:, ::-1], x, groups=groups)


def gradient_averaged(grad, x, *, groups):
    """The gradient is divided by the number of groups; each number was only moved.

    How much does the result grow if one number of the image grows by 1?
    """
    return (backward(grad, x, groups=groups)[0] / groups,)
