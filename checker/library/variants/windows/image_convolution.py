"""Right ways to convolve images, and the gradients."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def window_by_window(x, weight, bias, *, stride=1, padding=0, dilation=1):
    """Loops over outputs, as a first solution has them."""
    image = _padded(x, padding)
    down, across = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    rows = (image.shape[2] - down) // stride + 1
    columns = (image.shape[3] - across) // stride + 1
    y = np.zeros((len(x), len(weight), rows, columns))
    for n, o, p, q in np.ndindex(y.shape):
        top, left = p * stride, q * stride
        window = image[n, :, top : top + down : dilation, left : left + across : dilation]
        y[n, o, p, q] = np.sum(window * weight[o]) + bias[o]
    return y


def by_tensordot(x, weight, bias, *, stride=1, padding=0, dilation=1):
    windows = _windows(_padded(x, padding), weight, stride, dilation)
    y = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(y + bias, -1, 1)


def one_matrix_product(x, weight, bias, *, stride=1, padding=0, dilation=1):
    """Every window becomes a row, and every kernel a column."""
    windows = _windows(_padded(x, padding), weight, stride, dilation)
    n, _, rows, columns = windows.shape[:4]
    table = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, -1)
    y = table @ weight.reshape(len(weight), -1).T + bias
    return y.reshape(n, rows, columns, len(weight)).transpose(0, 3, 1, 2)


def entry_of_the_kernel_by_entry(x, weight, bias, *, stride=1, padding=0, dilation=1):
    """A sum over the entries of the kernel, each of which meets a part of the image."""
    image = _padded(x, padding)
    y = bias[:, None, None]
    for k, m, part in _parts(image, weight, stride, dilation):
        y = y + np.einsum("oi,nipq->nopq", weight[:, :, k, m], image[part])
    return y


def back_window_by_window(grad, x, weight, bias, *, stride=1, padding=0, dilation=1):
    image = _padded(x, padding)
    dimage, dweight = np.zeros(image.shape), np.zeros(weight.shape)
    down, across = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    for n, o, p, q in np.ndindex(grad.shape):
        top, left = p * stride, q * stride
        place = (slice(top, top + down, dilation), slice(left, left + across, dilation))
        dimage[(n, slice(None), *place)] += grad[n, o, p, q] * weight[o]
        dweight[o] += grad[n, o, p, q] * image[(n, slice(None), *place)]
    return _inside(dimage, x, padding), dweight, grad.sum(axis=(0, 2, 3))


def back_by_entries_of_the_kernel(grad, x, weight, bias, *, stride=1, padding=0, dilation=1):
    image = _padded(x, padding)
    dimage, dweight = np.zeros(image.shape), np.zeros(weight.shape)
    for k, m, part in _parts(image, weight, stride, dilation):
        dimage[part] += np.einsum("oi,nopq->nipq", weight[:, :, k, m], grad)
        dweight[:, :, k, m] = np.einsum("nopq,nipq->oi", grad, image[part])
    return _inside(dimage, x, padding), dweight, np.einsum("nopq->o", grad)


def back_by_a_flipped_kernel(grad, x, weight, bias, *, stride=1, padding=0, dilation=1):
    """The gradient of the image is a convolution of the spread gradient, with zeros around it."""
    image = _padded(x, padding)
    down, across = (dilation * (size - 1) + 1 for size in weight.shape[2:])
    shape = (image.shape[2] + down - 1, image.shape[3] + across - 1)
    spread = np.zeros((*grad.shape[:2], *shape))
    rows, columns = grad.shape[2:]
    reached = slice(down - 1, down + (rows - 1) * stride, stride)
    spread[:, :, reached, across - 1 : across + (columns - 1) * stride : stride] = grad
    turned = weight[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    dimage = by_tensordot(spread, turned, np.zeros(x.shape[1]), dilation=dilation)
    windows = _windows(image, weight, stride, dilation)
    dweight = np.tensordot(grad, windows, axes=([0, 2, 3], [0, 2, 3]))
    return _inside(dimage, x, padding), dweight, grad.sum(axis=(0, 2, 3))


def _padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _inside(image, x, padding):
    rows, columns = x.shape[2:]
    return image[:, :, padding : padding + rows, padding : padding + columns]


def _windows(image, weight, stride, dilation):
    spans = tuple(dilation * (size - 1) + 1 for size in weight.shape[2:])
    windows = sliding_window_view(image, spans, axis=(2, 3))
    return windows[:, :, ::stride, ::stride, ::dilation, ::dilation]


def _parts(image, weight, stride, dilation):
    """Each entry of the kernel, and the part of the image that it meets."""
    sizes = weight.shape[2:]
    counts = [
        (length - dilation * (size - 1) - 1) // stride + 1
        for length, size in zip(image.shape[2:], sizes, strict=True)
    ]
    for k, m in np.ndindex(sizes):
        starts = (k * dilation, m * dilation)
        ends = [s + (c - 1) * stride + 1 for s, c in zip(starts, counts, strict=True)]
        slices = (slice(s, e, stride) for s, e in zip(starts, ends, strict=True))
        yield k, m, (slice(None), slice(None), *slices)
