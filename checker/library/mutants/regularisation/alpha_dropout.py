"""Mutants of alpha dropout."""

import numpy as np

S = -1.7580993408473766  # what SELU tends to


def dropped_to_zero(x, mask, *, rate=0.5, training=True):
    """Dropped entries become 0, as in ordinary dropout; here they become the least value of SELU.

    Which value has SELU for a very negative input?
    """
    a, b = _affine(rate)
    return a * x * mask + b if training else x


def not_rescaled(x, mask, *, rate=0.5, training=True):
    """Dropped entries get the least value of SELU, and mean and variance are not restored.

    Which mean has the result if the input has mean 0?
    """
    return x * mask + S * (1 - mask) if training else x


def not_shifted(x, mask, *, rate=0.5, training=True):
    """The result is scaled and not shifted, so that its mean is not 0.

    Which mean has the result if the input has mean 0?
    """
    return _affine(rate)[0] * (x * mask + S * (1 - mask)) if training else x


def scaled_like_dropout(x, mask, *, rate=0.5, training=True):
    """What is kept is divided by 1 - rate, as in ordinary dropout.

    By how much must the result be scaled to have variance 1?
    """
    return (x * mask + S * (1 - mask)) / (1 - rate) if training else x


def rate_and_share_exchanged(x, mask, *, rate=0.5, training=True):
    """In the scale, the rate is taken for the share that is kept.

    What is the scale if nothing is dropped?
    """
    with np.errstate(all="ignore"):
        a, b = _affine(1 - rate)
        return a * (x * mask + S * (1 - mask)) + b if training else x


def root_left_out(x, mask, *, rate=0.5, training=True):
    """The scale lacks its root: it restores a variance as if it were a spread.

    If the variance is 4 times too large, by how much must the numbers be divided?
    """
    a, _ = _affine(rate)
    return a**2 * (x * mask + S * (1 - mask)) - a**2 * rate * S if training else x


def sign_of_the_saturation(x, mask, *, rate=0.5, training=True):
    """Dropped entries get a positive value; SELU tends to a negative one.

    Which value has SELU for a very negative input?
    """
    a, b = _affine(rate)
    return a * (x * mask - S * (1 - mask)) - b if training else x


def drops_when_testing(x, mask, *, rate=0.5, training=True):
    """Entries are dropped at test time too.

    Should the answer of a network in use depend on chance?
    """
    a, b = _affine(rate)
    return a * (x * mask + S * (1 - mask)) + b


def keeps_what_it_should_drop(x, mask, *, rate=0.5, training=True):
    """The mask is turned round: 1 means keep.

    What becomes of an entry whose mask is 0?
    """
    a, b = _affine(rate)
    return a * (x * (1 - mask) + S * mask) + b if training else x


def gradient_not_scaled(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked and not scaled.

    What was an entry that is kept multiplied by on the way forwards?
    """
    return grad * mask if training else grad


def gradient_of_dropout(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is divided by 1 - rate, as in ordinary dropout.

    What was an entry that is kept multiplied by on the way forwards?
    """
    return grad * mask / (1 - rate) if training else grad


def gradient_not_masked(grad, x, mask, *, rate=0.5, training=True):
    """The gradient reaches entries that were dropped.

    By how much does the result change when a dropped one does?
    """
    return grad * _affine(rate)[0] if training else grad


def gradient_masked_when_testing(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is masked at test time too, when nothing was dropped.

    What does the layer do when it is not training?
    """
    return grad * mask * _affine(rate)[0]


def shift_in_the_gradient(grad, x, mask, *, rate=0.5, training=True):
    """The shift is added to the gradient; a constant has none.

    What is the slope of a x + b?
    """
    a, b = _affine(rate)
    return grad * mask * a + b if training else grad


def _affine(rate):
    scale = 1 / np.sqrt((1 - rate) * (1 + rate * S**2))
    return scale, -scale * rate * S
