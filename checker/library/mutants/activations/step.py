"""Mutants of the step."""

import numpy as np

NOT_APPLICABLE = (
    "at_zero_ignored",
    "at_zero_ignored_as_0",
    "averaged_over_the_rows",
    "doubled",
    "first_row_left_out",
    "halved",
    "last_row_left_out",
    "sign_flipped",
    "summed_over_the_rows",
    "upstream_forgotten",
)


def sign_instead(x, *, at_zero=1.0):
    """This is the sign: it answers -1 to negative inputs.

    What are the two classes of a perceptron called, here?
    """
    return np.where(x == 0, at_zero, np.sign(x))


def ramp_instead(x, *, at_zero=1.0):
    """Positive inputs come back as they are: that is a ReLU.

    How many different values can a step take?
    """
    return np.maximum(x, 0)


def rounded(x, *, at_zero=1.0):
    """The input is rounded: small positive inputs become 0.

    On which side of 0 does 0.3 lie?
    """
    return np.where(x == 0, at_zero, np.round(np.clip(x, 0, 1)))


def upside_down(x, *, at_zero=1.0):
    """0 and 1 are exchanged.

    Does your neuron fire above or below its threshold?
    """
    return np.where(x == 0, at_zero, np.where(x < 0, 1.0, 0.0))


def always_off_at_zero(x, *, at_zero=1.0):
    """At 0 the answer is always 0; another value is asked for there.

    What does the task say about exactly 0?
    """
    return np.where(x > 0, 1.0, 0.0)


def always_on_at_zero(x, *, at_zero=1.0):
    """At 0 the answer is always 1; another value is asked for there.

    What does the task say about exactly 0?
    """
    return np.where(x >= 0, 1.0, 0.0)


def always_half_at_zero(x, *, at_zero=1.0):
    """At 0 the answer is always 1/2; another value is asked for there.

    What does the task say about exactly 0?
    """
    return np.where(x == 0, 0.5, np.where(x > 0, 1.0, 0.0))


def straight_through(grad, x, *, at_zero=1.0):
    """The gradient passes unchanged, as if the slope were 1 everywhere.

    How much does the output move if the input moves a little?
    """
    return (grad * 1.0,)


def slope_of_one(grad, x, *, at_zero=1.0):
    """The slope is 1 everywhere, and the upstream gradient is missing.

    How much does the output move if the input moves a little?
    """
    return (np.ones_like(x),)


def value_instead(grad, x, *, at_zero=1.0):
    """The step itself is used as its slope.

    Is a function that is flat at 1 steep there?
    """
    return (grad * (x > 0),)
