"""Mutants of the rectified linear unit."""

import numpy as np

NOT_APPLICABLE = ("applied_twice",)


def maximum_of_the_whole(x):
    """np.max(x, 0) looks for the largest entry along an axis; it compares nothing with 0.

    np.max and np.maximum are two functions. What does the second argument mean in each?
    """
    return np.max(x, 0)


def capped_at_one(x):
    """Everything above 1 is cut off as well.

    Does the definition know an upper limit?
    """
    return np.clip(x, 0, 1)


def capped_at_six(x):
    """Everything above 6 is cut off: that is a variant called ReLU6.

    What should come out for a very large input?
    """
    return np.clip(x, 0, 6)


def slope_instead(x):
    """This is the derivative, 1 or 0, not the function.

    Where is a 2 mapped to?
    """
    return (x > 0).astype(float)


def decided_by_one_entry(x):
    """One entry decides for the whole array: an `if` asks once, not entry by entry.

    An array of mixed signs has no single answer to x > 0. Which numpy function chooses by entry?
    """
    return x if x.flat[0] > 0 else np.zeros_like(x)


def absolute_value(x):
    """Negative inputs are turned round instead of being set to 0.

    What should the unit answer to -3?
    """
    return np.abs(x)


def negative_side_kept(x):
    """The negative side is kept and the positive one is set to 0.

    Is it the smaller or the larger of x and 0 that you want?
    """
    return np.minimum(x, 0)


def masked_by_upstream(grad, x):
    """The sign of the upstream gradient decides, but it is the sign of the input that must.

    Which units were active on the way forward?
    """
    return (np.maximum(grad, 0),)


def multiplied_by_the_output(grad, x):
    """Multiplied with max(x, 0) itself instead of its slope.

    Which two values can the derivative take?
    """
    return (grad * np.maximum(x, 0),)


def passes_everything(grad, x):
    """The gradient passes everywhere, even where the unit was off.

    How much does the output move if a negative input moves a little?
    """
    return (grad * 1.0,)


def mask_inverted(grad, x):
    """The mask is the wrong way round: gradient passes where the input is negative.

    Print the mask beside x. On which side should the ones be?
    """
    return (grad * (x < 0),)


def changes_the_upstream(grad, x):
    """The zeros are written into the upstream gradient that was passed in.

    Where a value is used by two branches, who else reads that array?
    """
    grad[x <= 0] = 0
    return (grad,)
