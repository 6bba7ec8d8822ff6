"""Mutants of dropout that scales at test time."""

from checker.library.marks import convention


def rate_for_what_is_kept(x, mask, *, rate=0.5, training=True):
    """At test time the outputs are multiplied by the rate of dropping.

    If 30 % of the units were dropped in training, how much stronger is the layer with all of them?
    """
    return x * mask if training else rate * x


def not_scaled(x, mask, *, rate=0.5, training=True):
    """Nothing is scaled at test time.

    In training the next layer has seen part of the units. What does it see now?
    """
    return x * mask if training else x


def scaled_twice(x, mask, *, rate=0.5, training=True):
    """Training scales up already, and testing scales down once more.

    With which of the two is the average right already?
    """
    return x * mask / (1 - rate) if training else (1 - rate) * x


def scaled_down_in_both(x, mask, *, rate=0.5, training=True):
    """The factor 1 - rate is there in training too; it belongs to the use alone.

    What does the next layer receive on average in training, and what in use?
    """
    return x * mask * (1 - rate) if training else (1 - rate) * x


def divided_when_testing(x, mask, *, rate=0.5, training=True):
    """At test time the outputs are divided by 1 - rate; they have to become smaller.

    Which is stronger: a layer with part of its units, or with all?
    """
    return x * mask if training else x / (1 - rate)


def drops_when_testing(x, mask, *, rate=0.5, training=True):
    """Units are dropped at test time too.

    Should the answer of a network in use depend on chance?
    """
    return x * mask if training else (1 - rate) * x * mask


def never_drops(x, mask, *, rate=0.5, training=True):
    """Nothing is dropped in training.

    What is the mask for?
    """
    return x if training else (1 - rate) * x


def keeps_what_it_should_drop(x, mask, *, rate=0.5, training=True):
    """The mask is turned round: 1 means keep.

    What is left of a unit whose mask is 0?
    """
    return x * (1 - mask) if training else (1 - rate) * x


@convention
def scaled_in_training(x, mask, *, rate=0.5, training=True):
    """The scaling is done in training and none at test time: that is inverted dropout.

    The average is right in both. Which of them does the text ask for?
    """
    return x * mask / (1 - rate) if training else x


def gradient_not_masked(grad, x, mask, *, rate=0.5, training=True):
    """The gradient reaches units that were dropped.

    By how much does the result change when a dropped unit does?
    """
    return grad if training else (1 - rate) * grad


def gradient_not_scaled_when_testing(grad, x, mask, *, rate=0.5, training=True):
    """At test time the gradient is passed on as it is, though the outputs were scaled.

    What was each unit multiplied by?
    """
    return grad * mask if training else grad


def gradient_scaled_in_training(grad, x, mask, *, rate=0.5, training=True):
    """The gradient is scaled up in training, as that of inverted dropout is.

    What did the way forwards multiply the units by that are left?
    """
    return grad * mask / (1 - rate) if training else (1 - rate) * grad


def input_multiplied_in(grad, x, mask, *, rate=0.5, training=True):
    """The input is a factor of the gradient; the slope is the mask alone.

    Is the layer linear in x?
    """
    return grad * x * mask if training else (1 - rate) * grad
