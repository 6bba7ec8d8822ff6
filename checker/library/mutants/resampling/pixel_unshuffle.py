"""Mutants of pixel unshuffle."""

import numpy as np

from checker.library.marks import convention
from reference.resampling.pixel_unshuffle import backward, forward


@convention
def channels_of_a_square_apart(x, *, factor):
    """The channels of one square lie c apart, as in TensorFlow; here they are adjacent.

    Which channels do the first four pixels of channel 0 become, with 2 channels and the factor 2?
    """
    return _apart(forward(x, factor=factor), factor)


def columns_first(x, *, factor):
    """A square is read column by column; it is read row by row.

    Which pixel of the square becomes the second channel?
    """
    return _in_turn(forward(x, factor=factor), factor)


def squares_turned(x, *, factor):
    """A square is read from its last pixel on.

    Which pixel of the square becomes the first channel?
    """
    y = forward(x, factor=factor)
    *others, channels, height, width = y.shape
    table = y.reshape(*others, channels // factor**2, factor**2, height, width)
    return np.flip(table, axis=-3).reshape(y.shape)


def only_reshaped(x, *, factor):
    """The array is only given another shape, so that pixels of a row become one channel.

    Which pixels become the first four channels?
    """
    *others, channels, height, width = x.shape
    return x.reshape(*others, channels * factor**2, height // factor, width // factor)


def quarters_become_channels(x, *, factor):
    """The image is cut into large parts that become channels; they are made of every r-th pixel.

    Which pixels are next to each other in the first channel?
    """
    *others, channels, height, width = x.shape
    parts = x.reshape(*others, channels, factor, height // factor, factor, width // factor)
    return np.moveaxis(parts, -2, -3).reshape(
        *others, channels * factor**2, height // factor, width // factor
    )


def first_pixel_repeated(x, *, factor):
    """All channels of a square have its first pixel.

    Where do the other pixels of the square go?
    """
    return np.repeat(x[..., ::factor, ::factor], factor**2, axis=-3)


def divided_by_the_area(x, *, factor):
    """The numbers are divided by the area of a square; they are only moved.

    What should an image of ones become?
    """
    return forward(x, factor=factor) / factor**2


def gradient_only_reshaped(grad, x, *, factor):
    """The gradient is only given the shape of the image; its channels have to become squares.

    Which channel did the second pixel of the first row become?
    """
    return (grad.reshape(x.shape),)


@convention
def gradient_of_channels_apart(grad, x, *, factor):
    """The channels of one square lie c apart, as in TensorFlow; here they are adjacent.

    Which channel did the second pixel of the first row become?
    """
    return backward(_adjacent(grad, factor), x, factor=factor)


def gradient_by_columns(grad, x, *, factor):
    """Rows and columns of the squares are exchanged in the gradient.

    Which channel did the second pixel of the first row become?
    """
    return backward(_in_turn(grad, factor), x, factor=factor)


def gradient_averaged(grad, x, *, factor):
    """The gradient is divided by the area of a square.

    How much does the result grow if one number of the image grows by 1?
    """
    return (backward(grad, x, factor=factor)[0] / factor**2,)


def _apart(y, factor):
    *others, channels, height, width = y.shape
    table = y.reshape(*others, channels // factor**2, factor**2, height, width)
    return table.swapaxes(-4, -3).reshape(y.shape)


def _adjacent(y, factor):
    *others, channels, height, width = y.shape
    table = y.reshape(*others, factor**2, channels // factor**2, height, width)
    return table.swapaxes(-4, -3).reshape(y.shape)


def _in_turn(y, factor):
    *others, channels, height, width = y.shape
    table = y.reshape(*others, channels // factor**2, factor, factor, height, width)
    return table.swapaxes(-4, -3).reshape(y.shape)
