"""Mutants of channel dropout."""

import numpy as np

from checker.library.marks import convention

# Channels are treated alike, so exchanging axes behind them changes nothing.
NOT_APPLICABLE = ("another_axis",)


def not_scaled(x, mask, *, rate=0.5, training=True):
    """What is kept is not scaled up in training.

    With half of the channels gone, how large is what the next layer receives, on average?
    """
    return x * _wide(mask, x) if training else x


def scaled_by_the_rate(x, mask, *, rate=0.5, training=True):
    """What is kept is divided by the rate of dropping; the share that is kept is 1 - rate.

    If 30 % are dropped, by how much must the others grow?
    """
    with np.errstate(all="ignore"):
        return x * _wide(mask, x) / rate if training else x


@convention
def scaled_when_testing(x, mask, *, rate=0.5, training=True):
    """The scaling is done at test time; here it is done in training.

    What has to be done when the network is used, if training has scaled already?
    """
    return x * _wide(mask, x) if training else (1 - rate) * x


def scaled_by_the_kept_share(x, mask, *, rate=0.5, training=True):
    """What is kept is divided by the share that was kept this time; here by 1 - rate.

    Should the scale depend on chance?
    """
    share = mask.mean() if mask.size else 1.0
    with np.errstate(all="ignore"):
        return x * _wide(mask, x) / share if training else x


def drops_when_testing(x, mask, *, rate=0.5, training=True):
    """Channels are dropped at test time too.

    Should the answer of a network in use depend on chance?
    """
    return x * _wide(mask, x) / (1 - rate)


def keeps_what_it_should_drop(x, mask, *, rate=0.5, training=True):
    """The mask is turned round: 1 means keep.

    What is left of a channel whose mask is 0?
    """
    return x * _wide(1 - mask, x) / (1 - rate) if training else x


def one_mask_for_all_examples(x, mask, *, rate=0.5, training=True):
    """The mask of the first example is used for the whole batch.

    Has each example its own row of the mask?
    """
    return x * _wide(mask[:1], x) / (1 - rate) if training else x


def examples_dropped_whole(x, mask, *, rate=0.5, training=True):
    """Whole examples are dropped; the mask has an entry for each channel of each.

    What does the second axis of the mask count?
    """
    return x * _wide(mask[:, :1], x) / (1 - rate) if training else x


def mask_on_the_last_axis(x, mask, *, rate=0.5, training=True):
    """The mask is applied along the last axis, as if the channels came last.

    Which axis of the image counts the channels?
    """
    if not training:
        return x
    if x.shape[-1] != mask.shape[1]:
        raise ValueError("operands could not be broadcast together")
    return x * mask.reshape(len(x), *[1] * (x.ndim - 2), -1) / (1 - rate)


def gradient_not_scaled(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked and not scaled.

    What was each channel that is left multiplied by on the way forwards?
    """
    return grad * _wide(mask, x) if training else grad


def gradient_not_masked(grad, x, mask, *, rate=0.5, training=True):
    """The gradient reaches channels that were dropped.

    By how much does the result change when a dropped channel does?
    """
    return grad / (1 - rate) if training else grad


def gradient_masked_when_testing(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked at test time too, when nothing was dropped.

    What does the layer do when it is not training?
    """
    return grad * _wide(mask, x) / (1 - rate)


def gradient_of_examples(grad, x, mask, *, rate=0.5, training=True):
    """The gradient of whole examples is dropped; the mask has an entry for each channel.

    What does the second axis of the mask count?
    """
    return grad * _wide(mask[:, :1], x) / (1 - rate) if training else grad


def input_multiplied_in(grad, x, mask, *, rate=0.5, training=True):
    """The input is a factor of the gradient; the slope is the mask alone.

    Is the layer linear in x?
    """
    return grad * x * _wide(mask, x) / (1 - rate) if training else grad


def _wide(mask, x):
    return mask.reshape(*mask.shape, *[1] * (x.ndim - 2))
