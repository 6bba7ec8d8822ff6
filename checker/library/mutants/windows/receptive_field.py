"""Mutants of the receptive field."""

import numpy as np

from reference.windows.receptive_field import run


def sizes_added(sizes, strides):
    """The sizes are added; neighbouring windows overlap, so a layer adds its size less 1.

    How many entries do two neighbouring windows of 3 see together?
    """
    return 1 + np.cumsum(sizes * np.cumprod(np.concatenate([[1], strides[:-1]])))


def sizes_multiplied(sizes, strides):
    """The sizes are multiplied; neighbouring windows overlap.

    How many entries do three neighbouring windows of 3 see together, with a stride of 1?
    """
    return np.cumprod(sizes)


def strides_left_out(sizes, strides):
    """The strides are left out: after a stride of 2, neighbours look two entries apart.

    How far apart in the image do two neighbouring outputs look, after a pooling with stride 2?
    """
    return 1 + np.cumsum(sizes - 1)


def own_stride_counted(sizes, strides):
    """A layer is widened by its own stride; its stride counts for the layers after it.

    How many entries does one output of a single layer see, whatever its stride is?
    """
    return 1 + np.cumsum((sizes - 1) * np.cumprod(strides))


def stride_before_alone(sizes, strides):
    """Only the stride of the layer before counts; the strides of all layers before multiply.

    How far apart in the image do two neighbours look after two poolings with stride 2?
    """
    return 1 + np.cumsum((sizes - 1) * np.concatenate([[1], strides[:-1]]))


def strides_added(sizes, strides):
    """The strides of the layers before are added; they multiply.

    How far apart in the image do two neighbours look after two layers of stride 3?
    """
    jumps = 1 + np.cumsum(np.concatenate([[0], strides[:-1] - 1]))
    return 1 + np.cumsum((sizes - 1) * jumps)


def begins_with_zero(sizes, strides):
    """The field begins with 0; before any layer an entry sees itself, which is 1.

    How many entries does one output of a single layer of size 3 see?
    """
    return run(sizes, strides) - 1


def from_the_other_end(sizes, strides):
    """The layers are taken from the output to the image.

    Which layer comes first in the lists, and which output belongs to the first result?
    """
    return run(sizes[::-1], strides[::-1])


def last_layer_only(sizes, strides):
    """This is the field after the last layer; asked is one for each layer.

    How many layers are there?
    """
    return run(sizes, strides)[-1:]


def image_counted_as_a_layer(sizes, strides):
    """The image itself is counted as a first layer with a field of 1.

    How many layers are there?
    """
    return np.concatenate([[1], run(sizes, strides)])
