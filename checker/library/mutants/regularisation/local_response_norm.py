"""Mutants of local response normalisation."""

import numpy as np

from checker.library.marks import convention, term
from reference.regularisation.local_response_norm import (
    backward,
    forward,
    over_channels,
    strength,
)
from reference.spec import settings_of


@convention
@settings_of(forward)
def sum_not_divided(x, *, size, alpha, beta, k):
    """The sum of squares is not divided by the size, as in the paper and TensorFlow.

    What is the factor of the sum of squares?
    """
    return forward(x, size=size, alpha=alpha * size, beta=beta, k=k)


@settings_of(forward)
def divided_by_the_channels_there(x, *, size, alpha, beta, k):
    """At the first and last channels the sum is divided by the channels that are there.

    By what is the sum of the first channel divided?
    """
    span = size // 2, (size - 1) // 2
    there = over_channels(np.ones(x.shape), *span)
    return x / (k + alpha * over_channels(x * x, *span) / there) ** beta


@settings_of(forward)
def over_places(x, *, size, alpha, beta, k):
    """The sum runs over neighbouring places; it runs over neighbouring channels.

    Along which axis do the channels lie?
    """
    squares = np.swapaxes(x * x, 1, -1)
    total = np.swapaxes(over_channels(squares, size // 2, (size - 1) // 2), 1, -1)
    return x / (k + alpha / size * total) ** beta


@settings_of(forward)
def over_all_channels(x, *, size, alpha, beta, k):
    """The sum runs over all channels; it runs over `size` neighbours.

    How many squares does a size of 3 add?
    """
    total = (x * x).sum(axis=1, keepdims=True)
    return x / (k + alpha / size * total) ** beta


@settings_of(forward)
def as_many_on_each_side(x, *, size, alpha, beta, k):
    """The sum runs over `size` channels before and `size` after; together they are `size`.

    How many squares does a size of 3 add?
    """
    return x / (k + alpha / size * over_channels(x * x, size, size)) ** beta


@settings_of(forward)
def only_channels_before(x, *, size, alpha, beta, k):
    """The sum ends at the channel itself; half of its neighbours come after it.

    Which channels does the sum of channel 5 with a size of 3 have?
    """
    return x / (k + alpha / size * over_channels(x * x, size - 1, 0)) ** beta


@settings_of(forward)
def even_size_to_the_other_side(x, *, size, alpha, beta, k):
    """With an even size the sum has one channel more after than before; it is the other way round.

    Which channels does the sum of channel 5 with a size of 2 have?
    """
    return x / (k + alpha / size * over_channels(x * x, (size - 1) // 2, size // 2)) ** beta


@settings_of(forward)
def absolute_values(x, *, size, alpha, beta, k):
    """Absolute values are added; squares are meant.

    What does a neighbour of 3 add to the sum?
    """
    total = over_channels(np.abs(x), size // 2, (size - 1) // 2)
    return x / (k + alpha / size * total) ** beta


@settings_of(forward)
def multiplied(x, *, size, alpha, beta, k):
    """The entry is multiplied by the power of the sum; it is divided.

    Does a strong neighbour make a channel stronger or weaker?
    """
    return x * strength(x, size, alpha, k) ** beta


@settings_of(forward)
def power_of_the_sum_alone(x, *, size, alpha, beta, k):
    """The power is taken before k is added; it belongs to both.

    Where does the formula have its bracket?
    """
    return x / (k + strength(x, size, alpha, 0.0) ** beta)


@settings_of(forward)
def itself_left_out(x, *, size, alpha, beta, k):
    """The sum lacks the channel itself.

    Which channels does the sum of channel 5 with a size of 3 have?
    """
    return x / (strength(x, size, alpha, k) - alpha / size * x * x) ** beta


@settings_of(forward)
def strength_as_a_constant(grad, x, *, size, alpha, beta, k):
    """The divisor is treated as a constant; it depends on x.

    If an entry grows, what happens to the outputs of its neighbours?
    """
    return (grad / strength(x, size, alpha, k) ** beta,)


@settings_of(forward)
def through_itself_only(grad, x, *, size, alpha, beta, k):
    """The gradient of a channel lacks what comes from its neighbours.

    If an entry grows, what happens to the outputs of its neighbours?
    """
    s = strength(x, size, alpha, k)
    return (grad / s**beta * (1 - 2 * alpha * beta / size * x * x / s),)


@settings_of(forward)
def window_not_turned(grad, x, *, size, alpha, beta, k):
    """With an even size the gradient looks to the same side as the forward.

    Channel 5 looks at channel 4. Which channel gets a gradient from channel 4, beside itself?
    """
    return _with(grad, x, size, alpha, beta, k, size // 2, (size - 1) // 2)


@settings_of(forward)
def two_of_the_square_forgotten(grad, x, *, size, alpha, beta, k):
    """The factor 2 of the derivative of a square is missing.

    What is the derivative of x^2?
    """
    direct = grad / strength(x, size, alpha, k) ** beta
    return ((direct + backward(grad, x, size=size, alpha=alpha, beta=beta, k=k)[0]) / 2,)


@settings_of(forward)
def power_not_lowered(grad, x, *, size, alpha, beta, k):
    """The second part divides by s^beta; the derivative of a power lowers its exponent.

    What is the derivative of s^(-beta)?
    """
    s = strength(x, size, alpha, k)
    direct = grad / s**beta
    reached = over_channels(direct * x, (size - 1) // 2, size // 2)
    return (direct - 2 * alpha * beta / size * x * reached,)


@settings_of(forward)
def exponent_forgotten(grad, x, *, size, alpha, beta, k):
    """The factor beta is missing in the second part.

    What is the derivative of s^(-beta)?
    """
    s = strength(x, size, alpha, k)
    direct = grad / s**beta
    reached = over_channels(direct * x / s, (size - 1) // 2, size // 2)
    return (direct - 2 * alpha / size * x * reached,)


@settings_of(forward)
def neighbours_added(grad, x, *, size, alpha, beta, k):
    """The second part is added; it is subtracted.

    Does a strong neighbour make a channel stronger or weaker?
    """
    direct = grad / strength(x, size, alpha, k) ** beta
    return (2 * direct - backward(grad, x, size=size, alpha=alpha, beta=beta, k=k)[0],)


def _with(grad, x, size, alpha, beta, k, before, after):
    s = strength(x, size, alpha, k)
    direct = grad / s**beta
    reached = over_channels(direct * x / s, before, after)
    return (direct - 2 * alpha * beta / size * x * reached,)


@convention
@settings_of(forward)
def gradient_of_a_sum_not_divided(grad, x, *, size, alpha, beta, k):
    """The sum of squares is not divided by the size, as in the paper and TensorFlow.

    By what is the sum over the neighbouring channels divided?
    """
    return backward(grad, x, size=size, alpha=alpha * size, beta=beta, k=k)


@term
def _through_the_strength(grad, x, *, size, alpha=1e-4, beta=0.75, k=1.0):
    """2 alpha beta / size x sum_j g x / s^(beta + 1)"""
    direct = grad / strength(x, size, alpha, k) ** beta
    return (direct - backward(grad, x, size=size, alpha=alpha, beta=beta, k=k)[0],)
