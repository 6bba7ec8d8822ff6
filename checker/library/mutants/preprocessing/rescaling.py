"""Mutants of rescaling."""

import numpy as np

from reference.preprocessing.rescaling import forward
from reference.spec import settings_of

# The gradient does not depend on the offset.
NOT_APPLICABLE = ("offset_ignored", "offset_ignored_as_1")


@settings_of(forward)
def offset_first(x, *, scale, offset):
    """The offset is added before the scaling, and so is scaled too.

    What should an input of 0 become?
    """
    return scale * (x + offset)


@settings_of(forward)
def divided_by_the_scale(x, *, scale, offset):
    """The input is divided by the scale; it is multiplied by it.

    With a scale of 1/255, should 255 become 1 or 65025?
    """
    return x / scale + offset


@settings_of(forward)
def offset_subtracted(x, *, scale, offset):
    """The offset is subtracted; it is added.

    With an offset of -1, what should 0 become?
    """
    return scale * x - offset


@settings_of(forward)
def offset_left_out(x, *, scale, offset):
    """The offset is missing.

    What should an input of 0 become?
    """
    return scale * x


@settings_of(forward)
def scale_left_out(x, *, scale, offset):
    """The scale is missing.

    How far apart should 0 and 255 be afterwards?
    """
    return x + offset


@settings_of(forward)
def scale_and_offset_exchanged(x, *, scale, offset):
    """Scale and offset are exchanged.

    Which of the two does a difference of two inputs depend on?
    """
    return offset * x + scale


@settings_of(forward)
def clipped(x, *, scale, offset):
    """The result is clipped to the numbers from 0 to 1.

    Where is this in the formula?
    """
    return np.clip(scale * x + offset, 0, 1)


@settings_of(forward)
def by_the_range_of_the_data(x, *, scale, offset):
    """The range is found in the data; scale and offset are given.

    Would a darker image not be the same afterwards?
    """
    low, high = x.min(), x.max()
    return (x - low) / max(high - low, 1e-12)


@settings_of(forward)
def standardised(x, *, scale, offset):
    """The data was standardised; scale and offset are given.

    Would a darker image not be the same afterwards?
    """
    return (x - x.mean()) / max(x.std(), 1e-12)


@settings_of(forward)
def rounded_to_whole_numbers(x, *, scale, offset):
    """The result is rounded to whole numbers.

    What becomes of grey levels between 0 and 255 with a scale of 1/255?
    """
    return np.rint(scale * x + offset)


@settings_of(forward)
def not_scaled(grad, x, *, scale, offset):
    """The gradient passes unchanged; it is multiplied by the scale.

    If x grows by 1, how much does y grow?
    """
    return (1 * grad,)


@settings_of(forward)
def gradient_divided(grad, x, *, scale, offset):
    """The gradient is divided by the scale; it is multiplied by it.

    If y grows twice as fast as x, is dL/dx smaller or larger than dL/dy?
    """
    return (grad / scale,)


@settings_of(forward)
def offset_in_the_gradient(grad, x, *, scale, offset):
    """The offset is in the gradient; the derivative of a constant is 0.

    Does the offset change how fast y grows?
    """
    return (scale * grad + offset,)


@settings_of(forward)
def times_the_input(grad, x, *, scale, offset):
    """The gradient is multiplied by x, as that of the scale would be.

    With respect to what do you differentiate?
    """
    return (grad * x,)


@settings_of(forward)
def scaled_twice(grad, x, *, scale, offset):
    """The gradient is multiplied by the scale twice.

    How often is x multiplied by the scale?
    """
    return (scale * scale * grad,)
