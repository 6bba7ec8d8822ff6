"""Mutants of the convolution of images. The first are those of `convolution`."""

from typing import Any

import numpy as np

from checker.library.marks import convention
from checker.library.mutants.windows import convolution as of
from reference.spec import settings_of
from reference.windows.image_convolution import backward, forward

# In the backward, a stride of 1 does not fit the upstream gradient.
NOT_APPLICABLE = ("stride_ignored",)


@convention
@settings_of(forward)
def kernel_flipped(x, weight, bias, **settings):
    """The kernel is turned round along its axes, as in signal processing; here it is not.

    Which entry of the image meets the first entry of the kernel?
    """
    return of.kernel_flipped(x, weight, bias, **settings)


@convention
@settings_of(forward)
def channels_last(x, weight, bias, **settings):
    """The outputs have the channels as their last axis, as in Keras; here they come second.

    Which axis of the result counts the kernels?
    """
    return np.moveaxis(forward(x, weight, bias, **settings), 1, -1)


@settings_of(forward)
def bias_left_out(x, weight, bias, **settings):
    """The bias is not added.

    What is the output for an image of zeros?
    """
    return forward(x, weight, 0 * bias, **settings)


@settings_of(forward)
def bias_for_each_entry(x, weight, bias, **settings):
    """The bias is added inside the sum, once for each entry of the kernel.

    Is the bias inside or outside the loop over the window?
    """
    return of.bias_for_each_entry(x, weight, bias, **settings)


@settings_of(forward)
def bias_along_the_columns(x, weight, bias, **settings):
    """The bias is added along the columns; each output channel has one number of it.

    Which axis of the output is as long as the bias?
    """
    return forward(x, weight, 0 * bias, **settings) + bias


@settings_of(forward)
def bias_for_each_channel(x, weight, bias, **settings):
    """The bias is added once for each channel of the image; each output adds it once.

    Is the bias inside or outside the loop over the channels?
    """
    return forward(x, weight, bias * x.shape[1], **settings)


@settings_of(forward)
def averaged_over_the_channels(x, weight, bias, **settings):
    """The channels are averaged; their outputs are summed.

    What happens to the output if a channel of zeros is added to the image?
    """
    return forward(x, weight / x.shape[1], bias, **settings)


@settings_of(forward)
def first_channel_only(x, weight, bias, **settings):
    """Only the first channel of the image is used.

    Over which axes of the kernel does the sum run?
    """
    return forward(x[:, :1], weight[:, :1], bias, **settings)


@settings_of(forward)
def last_channel_only(x, weight, bias, **settings):
    """Only the last channel of the image is used: its output is assigned and not added.

    What happens in your loop to the outputs of the channels before?
    """
    return forward(x[:, -1:], weight[:, -1:], bias, **settings)


@settings_of(forward)
def same_kernel_for_all_outputs(x, weight, bias, **settings):
    """Every output is computed with the weights of the first.

    Which axis of the kernel counts the outputs?
    """
    return of.same_kernel_for_all_outputs(x, weight, bias, **settings)


@settings_of(forward)
def last_window_left_out(x, weight, bias, **settings):
    """The last window along each axis is missing: the number of windows lacks the 1 at its end.

    How many windows of length 3 fit into an image of length 3?
    """
    return forward(x, weight, bias, **settings)[..., :-1, :-1]


@settings_of(forward)
def rows_and_columns_of_the_kernel_exchanged(x, weight, bias, **settings):
    """The rows of the kernel run along the columns of the image.

    Along which axis of the image does the third axis of the weights run?
    """
    exchanged, least = weight.copy(), min(weight.shape[2:])
    exchanged[:, :, :least, :least] = weight[:, :, :least, :least].swapaxes(2, 3)
    return forward(x, exchanged, bias, **settings)


@settings_of(forward)
def padded_after_the_image_only(x, weight, bias, *, padding, **settings):
    """The zeros are added below and to the right alone; they belong on all four sides.

    Where is the first window, if the padding is 1?
    """
    moved = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    return forward(moved, weight, bias, padding=0, **settings)


@settings_of(forward)
def copies_of_the_border_added(x, weight, bias, *, padding, **settings):
    """What is added around the image are copies of its border; here they are zeros.

    What is the value of an entry outside of the image?
    """
    around = (padding, padding)
    wide = np.pad(x, ((0, 0), (0, 0), around, around), mode="edge")
    return forward(wide, weight, bias, padding=0, **settings)


@settings_of(forward)
def stride_not_used(x, weight, bias, *, stride, **settings):
    """The setting stride is not used.

    By how many entries does the window move from one output to the next?
    """
    return forward(x, weight, bias, stride=1, **settings)


@settings_of(forward)
def stride_along_the_rows_only(x, weight, bias, *, stride, **settings):
    """The stride is used along one axis of the image; both axes have it.

    How many columns has the output of an image of 5 by 5 with a kernel of 1 and a stride of 2?
    """
    return forward(x, weight, bias, stride=1, **settings)[:, :, ::stride]


@settings_of(forward)
def kernel_flipped_in_the_image_gradient(grad, x, weight, bias, **settings):
    """The gradient of the image meets the wrong end of the kernel: it is flipped once too often.

    Which outputs does the first entry of the image reach, and through which weights?
    """
    return of.kernel_flipped_in_the_image_gradient(grad, x, weight, bias, **settings)


@settings_of(forward)
def weight_gradient_flipped(grad, x, weight, bias, **settings):
    """The gradient of the weights is turned round: its first entry is that of the last weight.

    Which entries of the image does the first weight meet?
    """
    return of.weight_gradient_flipped(grad, x, weight, bias, **settings)


@settings_of(forward)
def first_output_only(grad, x, weight, bias, **settings):
    """The gradient of the image comes from the first output alone.

    To how many outputs does one entry of the image contribute?
    """
    return of.first_output_only(grad, x, weight, bias, **settings)


@settings_of(forward)
def last_output_only(grad, x, weight, bias, **settings):
    """The gradient of the image comes from the last output alone: it is assigned and not added.

    What happens in your loop to what the outputs before have sent back?
    """
    last = np.arange(len(weight)).reshape(-1, 1, 1) == len(weight) - 1
    dx = backward(np.where(last, grad, 0), x, weight, bias, **settings)[0]
    return dx, *backward(grad, x, weight, bias, **settings)[1:]


@settings_of(forward)
def windows_overwrite_each_other(grad, x, weight, bias, *, stride, padding, dilation):
    """Where windows overlap, dx keeps the part of the last one; the parts have to be added.

    How many windows see an entry in the middle of the image?
    """
    rows, columns = x.shape[2:]
    wide = np.zeros((*x.shape[:2], rows + 2 * padding, columns + 2 * padding), dtype=grad.dtype)
    down, across = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    for p, q in np.ndindex(grad.shape[2:]):
        top, left = p * stride, q * stride
        part = np.einsum("no,oikl->nikl", grad[:, :, p, q], weight)
        wide[:, :, top : top + down : dilation, left : left + across : dilation] = part
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    right = backward(grad, x, weight, bias, **settings)
    return wide[:, :, padding : padding + rows, padding : padding + columns], *right[1:]


@settings_of(forward)
def entries_overwrite_each_other(grad, x, weight, bias, *, stride, padding, dilation):
    """Where windows overlap, dx keeps the part of the last one; the parts have to be added.

    How many windows see an entry in the middle of the image?
    """
    wide = 0 * np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = ((count - 1) * stride + 1 for count in grad.shape[2:])
    for k, m in np.ndindex(weight.shape[2:]):
        down, across = k * dilation, m * dilation
        part = np.einsum("oi,nopq->nipq", weight[:, :, k, m], grad)
        wide[:, :, down : down + rows : stride, across : across + columns : stride] = part
    right = backward(grad, x, weight, bias, stride=stride, padding=padding, dilation=dilation)
    rows, columns = x.shape[2:]
    return wide[:, :, padding : padding + rows, padding : padding + columns], *right[1:]


@settings_of(forward)
def outputs_and_channels_exchanged(grad, x, weight, bias, **settings):
    """The kernel leads from channels to outputs, as forwards; here it leads back to channels.

    Over which axis of the weights does the sum run in dL/dx?
    """
    _, dweight, dbias = backward(grad, x, weight, bias, **settings)
    return backward(grad, x, weight.swapaxes(0, 1), bias, **settings)[0], dweight, dbias


@settings_of(forward)
def placed_without_the_stride(grad, x, weight, bias, *, stride, padding, dilation):
    """The windows are taken to begin one entry apart; they begin `stride` entries apart.

    At which entry of the padded image does the window of the second output begin?
    """
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    spans = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    reached = (count - 1 + span for count, span in zip(grad.shape[2:], spans, strict=True))
    part: Any = (..., *map(slice, reached))
    dpart, dweight, dbias = backward(grad, wide[part], weight, bias, dilation=dilation)
    dwide = 0 * wide
    dwide[part] = dpart
    rows, columns = x.shape[2:]
    return dwide[:, :, padding : padding + rows, padding : padding + columns], dweight, dbias


@settings_of(forward)
def weights_of_the_last_example(grad, x, weight, bias, **settings):
    """The gradient of the weights is that of the last example: it is assigned and not added to.

    What is the gradient of the weights if the batch holds the same example twice?
    """
    return of.weights_of_the_last_example(grad, x, weight, bias, **settings)


@settings_of(forward)
def weights_averaged_over_the_batch(grad, x, weight, bias, **settings):
    """The gradient of the weights is averaged over the examples; it is summed.

    Where does the formula have a mean?
    """
    return of.weights_averaged_over_the_batch(grad, x, weight, bias, **settings)


@settings_of(forward)
def bias_gradient_averaged(grad, x, weight, bias, **settings):
    """The gradient of the bias is averaged over examples and places; it is summed.

    To how many outputs is one bias added?
    """
    return of.bias_gradient_averaged(grad, x, weight, bias, **settings)


@settings_of(forward)
def bias_gradient_of_one_place(grad, x, weight, bias, **settings):
    """The gradient of the bias is summed over the examples and not over the places.

    To how many outputs is one bias added?
    """
    return of.bias_gradient_of_one_place(grad, x, weight, bias, **settings)


@settings_of(forward)
def weight_gradient_of_the_unpadded_image(grad, x, weight, bias, **settings):
    """The gradient of the weights takes the border of the image for the zeros around it.

    With which entries does the first weight meet in the first window, if the padding is 1?
    """
    padding = settings["padding"]
    around = (padding, padding)
    wide = np.pad(x, ((0, 0), (0, 0), around, around), mode="edge")
    dx, _, dbias = backward(grad, x, weight, bias, **settings)
    return dx, backward(grad, wide, weight, bias, **{**settings, "padding": 0})[1], dbias


@settings_of(forward)
def image_and_kernel_exchanged(grad, x, weight, bias, **settings):
    """The gradient of the weights is computed with weights where the image belongs.

    If the image is doubled, what should happen to the gradient of the weights?
    """
    return of.image_and_kernel_exchanged(grad, x, weight, bias, **settings)
