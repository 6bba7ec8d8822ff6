"""Right ways to compute a convolution and its gradients."""

import math
from typing import Any

import numpy as np

from reference.windows.convolution import forward

MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def window_by_window(
    x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    axes = range(x.ndim - 2)
    size, length = weight.shape[2:], weight.shape[1]
    steps = [stride[a] if isinstance(stride, tuple) else stride for a in axes]
    gaps = [dilation[a] if isinstance(dilation, tuple) else dilation for a in axes]
    spans = [gaps[a] * (size[a] - 1) + 1 for a in axes]
    if padding == "same":
        pads = [((span - 1) // 2, span // 2) for span in spans]
    elif padding == "valid":
        pads = [(0, 0) for _ in axes]
    else:
        pads = [(padding[a] if isinstance(padding, tuple) else padding,) * 2 for a in axes]
    names = {"zeros": "constant", "replicate": "edge", "circular": "wrap"}
    image = np.pad(x, [(0, 0), (0, 0), *pads], mode=names.get(padding_mode, padding_mode))
    counts = [(image.shape[a + 2] - spans[a]) // steps[a] + 1 for a in axes]
    outputs = len(weight) // groups
    y = np.zeros((len(x), len(weight), *counts), dtype=x.dtype)
    for group in range(groups):
        these = slice(group * outputs, (group + 1) * outputs)
        seen = image[:, group * length : (group + 1) * length]
        for place in np.ndindex(*counts):
            starts = [place[a] * steps[a] for a in axes]
            ends = [(starts[a], starts[a] + spans[a], gaps[a]) for a in axes]
            window = seen[(slice(None), slice(None), *(slice(*end) for end in ends))]
            over = tuple(range(1, x.ndim))
            y[(slice(None), these, *place)] = np.tensordot(window, weight[these], (over, over))
    return y if bias is None else y + np.reshape(bias, (1, -1, *[1 for _ in axes]))


def one_matrix_product(
    x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    """The windows become columns, and the kernels rows."""
    at, counts = _places(x, weight, stride, padding, padding_mode, dilation)
    columns = _columns(x, at, groups)
    rows = weight.reshape(groups, len(weight) // groups, math.prod(weight.shape[1:]))
    y = (rows @ columns).reshape(len(x), len(weight), *counts)
    return y if bias is None else y + bias.reshape(-1, *[1] * len(counts))


def channel_by_channel(
    x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    at, counts = _places(x, weight, stride, padding, padding_mode, dilation)
    outputs, inputs = len(weight) // groups, weight.shape[1]
    y = np.zeros((len(x), len(weight), at.shape[1]), dtype=x.dtype)
    for o in range(len(weight)):
        for i in range(inputs):
            values = _with_zero(x)[:, o // outputs * inputs + i][:, at]
            y[:, o] += (weight[o, i].reshape(-1, 1) * values).sum(axis=1)
        y[:, o] += 0 if bias is None else bias[o]
    return y.reshape(len(x), len(weight), *counts)


def columns_put_back(
    grad, x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    """The gradient of the matrix product, whose columns are added to where they came from."""
    at, _ = _places(x, weight, stride, padding, padding_mode, dilation)
    columns = _columns(x, at, groups)
    rows = weight.reshape(groups, len(weight) // groups, math.prod(weight.shape[1:]))
    g = grad.reshape(len(x), groups, rows.shape[1], at.shape[1])
    dcolumns = (np.swapaxes(rows, 1, 2) @ g).reshape(len(x), x.shape[1], *at.shape)
    dweight = np.einsum("ngoj,ngkj->gok", g, columns).reshape(weight.shape)
    dbias = None if bias is None else g.sum(axis=(0, 3)).ravel()
    return _put_back(dcolumns, at, x), dweight, dbias


def output_by_output(
    grad, x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    """Each output adds to the gradients of the entries and weights it is made of."""
    at, _ = _places(x, weight, stride, padding, padding_mode, dilation)
    outputs, inputs = len(weight) // groups, weight.shape[1]
    values, kernel = _with_zero(x), weight.reshape(len(weight), inputs, len(at))
    dx, dweight, dbias = 0 * x, [], []
    for o in range(len(weight)):
        up = grad[:, o].reshape(len(x), 1, 1, at.shape[1])
        seen = slice(o // outputs * inputs, o // outputs * inputs + inputs)
        dweight.append((up * values[:, seen][:, :, at]).sum(axis=(0, 3)))
        dx[:, seen] += _put_back(up * kernel[o][..., None], at, x[:, seen])
        dbias.append(up.sum())
    return dx, np.reshape(dweight, weight.shape), None if bias is None else np.array(dbias)


def by_convolving_back(
    grad, x, weight, bias, *, stride=1, padding=0, padding_mode="zeros", dilation=1, groups=1
):
    """Both gradients are convolutions: of the spread upstream gradient, and of unit kernels."""
    outputs, inputs, *size = weight.shape
    image, spans, steps, counts = _map(x, weight, stride, padding, padding_mode, dilation)
    reached = (np.array(counts) - 1) * steps + spans
    spread = np.zeros((len(x), outputs, *(reached + spans - 1)), dtype=grad.dtype)
    between = zip(spans, reached, steps, strict=True)
    every: Any = (..., *(slice(span - 1, end, step) for span, end, step in between))
    spread[every] = grad
    turned = np.swapaxes(weight.reshape(groups, outputs // groups, inputs, *size), 1, 2)
    turned = turned.reshape(x.shape[1], outputs // groups, *size)
    turned = turned[(..., *[slice(None, None, -1)] * len(size))]
    dimage = forward(spread, turned, None, dilation=dilation, groups=groups)
    met = image[tuple(map(slice, reached))]
    dx = _put_back(dimage, met, x)
    dweight, over = 0 * weight, tuple(range(2, grad.ndim))
    settings = {"stride": stride, "padding": padding, "padding_mode": padding_mode}
    settings |= {"dilation": dilation, "groups": groups}
    for at in np.ndindex(weight.shape[1:]):
        unit = np.zeros(weight.shape, dtype=x.dtype)
        unit[(slice(None), *at)] = 1
        copy = forward(x, unit, None, **settings)
        dweight[(slice(None), *at)] = (grad * copy).sum(axis=(0, *over))
    return dx, dweight, None if bias is None else grad.sum(axis=(0, *over))


def _map(x, weight, stride, padding, mode, dilation):
    """Which entry of the image is at each place of the padded one; one past the last for a zero."""
    lengths, size = x.shape[2:], np.array(weight.shape[2:])
    steps, spans = 0 * size + stride, dilation * (size - 1) + 1
    before, after = (0, 0) if padding == "valid" else (padding, padding)
    if padding == "same":
        before, after = (spans - 1) // 2, spans // 2
    pads = tuple(zip(0 * size + before, 0 * size + after, strict=True))
    image = np.arange(math.prod(lengths)).reshape(lengths)
    how: Any = {"constant_values": image.size} if mode == "zeros" else {"mode": MODES[mode]}
    image = np.pad(image, pads, **how)
    return image, spans, steps, tuple((np.array(image.shape) - spans) // steps + 1)


def _places(x, weight, stride, padding, mode, dilation):
    """Which entry of the image is entry k of window j, and how many windows there are."""
    image, _, steps, counts = _map(x, weight, stride, padding, mode, dilation)
    starts = np.stack(np.unravel_index(range(math.prod(counts)), counts), axis=-1) * steps
    entries = np.array(list(np.ndindex(weight.shape[2:]))) * dilation
    at = entries[:, None] + starts
    return image[tuple(np.moveaxis(at, -1, 0))], counts


def _with_zero(x):
    """The entries of each channel in a row, and a zero after them."""
    flat = x.reshape(*x.shape[:2], math.prod(x.shape[2:]))
    return np.concatenate([flat, np.zeros_like(flat[..., :1])], axis=-1)


def _columns(x, at, groups):
    inputs = x.shape[1] // groups
    return _with_zero(x)[:, :, at].reshape(len(x), groups, inputs * len(at), at.shape[1])


def _put_back(parts, at, x):
    """The sum of what belongs to each entry of the image."""
    flat = np.zeros_like(_with_zero(x))
    where: Any = (slice(None), slice(None), at)
    np.add.at(flat, where, parts)
    return flat[:, :, :-1].reshape(x.shape)
