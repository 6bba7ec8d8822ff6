"""Mutants of pixel shuffle."""

import numpy as np

from checker.library.marks import convention
from reference.resampling.pixel_shuffle import backward, forward


@convention
def channels_of_a_pixel_apart(x, *, factor):
    """The channels of one pixel lie c apart, as in TensorFlow; here they are adjacent.

    Which channels become the first square if there are 8 of them and the factor is 2?
    """
    return forward(_apart(x, factor), factor=factor)


def columns_first(x, *, factor):
    """A square is filled column by column; it is filled row by row.

    Where in the square does the second channel go?
    """
    return forward(_in_turn(x, factor), factor=factor)


def squares_turned(x, *, factor):
    """The channels of a pixel fill its square from the end.

    Where in the square does the first channel go?
    """
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels // factor**2, factor**2, height, width)
    return forward(np.flip(table, axis=-3).reshape(x.shape), factor=factor)


def only_reshaped(x, *, factor):
    """The array is only given another shape, so that pixels of a row are put into one square.

    Which numbers are neighbours in memory, those of one channel or those of one pixel?
    """
    *others, channels, height, width = x.shape
    return x.reshape(*others, channels // factor**2, height * factor, width * factor)


def squares_side_by_side(x, *, factor):
    """The channels become images side by side; they become squares of pixels.

    How far apart are the first two channels of one pixel in the result?
    """
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels // factor**2, factor, factor, height, width)
    return np.moveaxis(table, -3, -2).reshape(
        *others, channels // factor**2, height * factor, width * factor
    )


def one_channel_repeated(x, *, factor):
    """Each square repeats its first channel: that is nearest-neighbour upsampling.

    Where do the other channels of the pixel go?
    """
    large = np.repeat(np.repeat(x, factor, axis=-2), factor, axis=-1)
    return large[..., :: factor**2, :, :]


def divided_by_the_area(x, *, factor):
    """The numbers are divided by the area of a square; they are only moved.

    What should an image of ones become?
    """
    return forward(x, factor=factor) / factor**2


def gradient_shuffled_again(grad, x, *, factor):
    """The gradient is only given the shape of the image; its squares have to become channels.

    From which channel did the second pixel of the first row come?
    """
    return (grad.reshape(x.shape),)


@convention
def gradient_of_channels_apart(grad, x, *, factor):
    """The channels of one pixel lie c apart, as in TensorFlow; here they are adjacent.

    From which channel did the second pixel of the first row come?
    """
    return (_adjacent(backward(grad, x, factor=factor)[0], factor),)


def gradient_by_columns(grad, x, *, factor):
    """Rows and columns of the squares are exchanged in the gradient.

    From which channel did the second pixel of the first row come?
    """
    return (_in_turn(backward(grad, x, factor=factor)[0], factor),)


def gradient_averaged(grad, x, *, factor):
    """The gradient is divided by the area of a square.

    How much does the result grow if one number of the image grows by 1?
    """
    return (backward(grad, x, factor=factor)[0] / factor**2,)


def _apart(x, factor):
    *others, channels, height, width = x.shape
    table = x.reshape(*others, factor**2, channels // factor**2, height, width)
    return table.swapaxes(-4, -3).reshape(x.shape)


def _adjacent(x, factor):
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels // factor**2, factor**2, height, width)
    return table.swapaxes(-4, -3).reshape(x.shape)


def _in_turn(x, factor):
    *others, channels, height, width = x.shape
    table = x.reshape(*others, channels // factor**2, factor, factor, height, width)
    return table.swapaxes(-4, -3).reshape(x.shape)
