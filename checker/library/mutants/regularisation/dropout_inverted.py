"""Mutants of inverted dropout."""

import numpy as np

from checker.library.marks import convention


def not_scaled(x, mask, *, rate=0.5, training=True):
    """What is kept is not scaled up in training.

    With half of the units gone, how large is what the next layer receives, on average?
    """
    return x * mask if training else x


def scaled_by_the_rate(x, mask, *, rate=0.5, training=True):
    """What is kept is divided by the rate of dropping; the share that is kept is 1 - rate.

    If 30 % are dropped, by how much must the others grow?
    """
    with np.errstate(all="ignore"):
        return x * mask / rate if training else x


def scaled_down(x, mask, *, rate=0.5, training=True):
    """What is kept is multiplied by 1 - rate, which makes the loss of units worse.

    Should the units that are left speak louder or softer?
    """
    return x * mask * (1 - rate) if training else x


@convention
def scaled_when_testing(x, mask, *, rate=0.5, training=True):
    """The scaling is done at test time; inverted dropout does it in training.

    What has to be done when the network is used, if training has scaled already?
    """
    return x * mask if training else (1 - rate) * x


def scaled_twice(x, mask, *, rate=0.5, training=True):
    """Training scales up, and testing scales down once more.

    With which of the two is the average right already?
    """
    return x * mask / (1 - rate) if training else (1 - rate) * x


def scaled_in_use_too(x, mask, *, rate=0.5, training=True):
    """What is kept is scaled up at test time too, where nothing is dropped.

    What has to be done when the network is used, if training has scaled already?
    """
    return (x * mask if training else x) / (1 - rate)


def drops_when_testing(x, mask, *, rate=0.5, training=True):
    """Units are dropped at test time too.

    Should the answer of a network in use depend on chance?
    """
    return x * mask / (1 - rate)


def never_drops(x, mask, *, rate=0.5, training=True):
    """Nothing is dropped, not even in training.

    What is the mask for?
    """
    return x


def keeps_what_it_should_drop(x, mask, *, rate=0.5, training=True):
    """The mask is turned round: 1 means keep.

    What is left of a unit whose mask is 0?
    """
    return x * (1 - mask) / (1 - rate) if training else x


def one_mask_for_all(x, mask, *, rate=0.5, training=True):
    """The mask of the first example is used for the whole batch.

    Has each example its own row of the mask?
    """
    return x * mask[:1] / (1 - rate) if training else x


def gradient_not_scaled(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked and not scaled.

    What was each unit that is left multiplied by on the way forwards?
    """
    return grad * mask if training else grad


def gradient_not_masked(grad, x, mask, *, rate=0.5, training=True):
    """The gradient reaches units that were dropped.

    By how much does the result change when a dropped unit does?
    """
    return grad / (1 - rate) if training else grad


def gradient_masked_when_testing(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked at test time too, when nothing was dropped.

    What does the layer do when it is not training?
    """
    return grad * mask / (1 - rate)


def gradient_masked_but_not_scaled_when_testing(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked at test time too, when nothing was dropped.

    What does the layer do when it is not training?
    """
    return grad * mask / (1 - rate) if training else grad * mask


def gradient_of_the_rate(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is divided by the rate of dropping; the share that is kept is 1 - rate.

    What was each unit that is left multiplied by on the way forwards?
    """
    with np.errstate(all="ignore"):
        return grad * mask / rate if training else grad


def input_multiplied_in(grad, x, mask, *, rate=0.5, training=True):
    """The input is a factor of the gradient; the slope is the mask alone.

    Is the layer linear in x?
    """
    return grad * x * mask / (1 - rate) if training else grad
