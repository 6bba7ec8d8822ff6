"""Right ways to compute a transposed convolution and its gradients."""

import math
from typing import Any

import numpy as np


def copy_by_copy(x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1):
    outputs, channels = weight.shape[1], x.shape[1] // groups
    steps, gaps, pads, whole = _geometry(x, weight, stride, padding, output_padding, dilation)
    image = np.zeros((len(x), groups * outputs, *whole))
    for i in range(x.shape[1]):
        these = slice(i // channels * outputs, (i // channels + 1) * outputs)
        for place in np.ndindex(x.shape[2:]):
            ends = zip(place, steps, gaps, weight.shape[2:], strict=True)
            there = tuple(slice(p * s, p * s + d * (k - 1) + 1, d) for p, s, d, k in ends)
            image[(slice(None), these, *there)] += np.multiply.outer(
                x[(slice(None), i, *place)], weight[i]
            )
    return _finished(image, pads, bias)


def entry_of_the_kernel_by_entry(
    x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    outputs = weight.shape[1]
    steps, gaps, pads, whole = _geometry(x, weight, stride, padding, output_padding, dilation)
    image = np.zeros((len(x), groups * outputs, *whole))
    for group, (part, kernel) in enumerate(
        zip(np.split(x, groups, axis=1), np.split(weight, groups), strict=True)
    ):
        for k in np.ndindex(weight.shape[2:]):
            first = [i * d for i, d in zip(k, gaps, strict=True)]
            ends = zip(first, steps, x.shape[2:], strict=True)
            there = tuple(slice(a, a + (n - 1) * s + 1, s) for a, s, n in ends)
            these = slice(group * outputs, (group + 1) * outputs)
            term = np.einsum("ni...,io->no...", part, kernel[(..., *k)])
            image[(slice(None), these, *there)] += term
    return _finished(image, pads, bias)


def convolution_of_the_spread_image(
    x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    """Zeros between the entries and around them, and a convolution with the turned kernel."""
    steps, gaps, pads, whole = _geometry(x, weight, stride, padding, output_padding, dilation)
    spans = [d * (k - 1) for d, k in zip(gaps, weight.shape[2:], strict=True)]
    spread = np.zeros((*x.shape[:2], *(n + span for n, span in zip(whole, spans, strict=True))))
    ends = zip(spans, steps, x.shape[2:], strict=True)
    entries: Any = (slice(a, a + (n - 1) * s + 1, s) for a, s, n in ends)
    spread[(..., *entries)] = x
    outputs, channels = weight.shape[1], x.shape[1] // groups
    image = np.zeros((len(x), groups * outputs, *whole))
    for o, *place in np.ndindex(groups * outputs, *whole):
        group = o // outputs
        these = slice(group * channels, (group + 1) * channels)
        ends = zip(place, spans, gaps, strict=True)
        window = tuple(slice(p, p + span + 1, d) for p, span, d in ends)
        turned = np.flip(weight[these, o % outputs], axis=tuple(range(1, x.ndim - 1)))
        parts = spread[(slice(None), these, *window)] * turned
        image[(slice(None), o, *place)] = parts.sum(axis=tuple(range(1, x.ndim)))
    return _finished(image, pads, bias)


def one_large_matrix(
    x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    settings = (stride, padding, output_padding, dilation, groups)
    matrix, shape = _matrix(x, weight, *settings)
    y = (x.reshape(len(x), math.prod(x.shape[1:])) @ matrix).reshape(len(x), *shape)
    return y if bias is None else y + bias.reshape(-1, *[1] * (x.ndim - 2))


def transposed_matrix(
    grad, x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    settings = (stride, padding, output_padding, dilation, groups)
    matrix, _ = _matrix(x, weight, *settings)
    dx = (grad.reshape(len(x), math.prod(grad.shape[1:])) @ matrix.T).reshape(x.shape)
    return dx, _kernel_gradient(grad, x, weight, *settings), _bias_gradient(grad, bias)


def place_by_place(
    grad, x, weight, bias, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    """Each entry of the image collects what its copy of the kernel meets in the gradient."""
    outputs, channels = weight.shape[1], x.shape[1] // groups
    steps, gaps, pads, _ = _geometry(x, weight, stride, padding, output_padding, dilation)
    g = np.pad(grad, [(0, 0), (0, 0), *((p, p) for p in pads)])
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for i in range(x.shape[1]):
        these = slice(i // channels * outputs, (i // channels + 1) * outputs)
        for place in np.ndindex(x.shape[2:]):
            ends = zip(place, steps, gaps, weight.shape[2:], strict=True)
            there = tuple(slice(p * s, p * s + d * (k - 1) + 1, d) for p, s, d, k in ends)
            seen = g[(slice(None), these, *there)]
            dx[(slice(None), i, *place)] = (seen * weight[i]).sum(axis=tuple(range(1, x.ndim)))
            dweight[i] += np.tensordot(x[(slice(None), i, *place)], seen, axes=1)
    return dx, dweight, _bias_gradient(grad, bias)


def _every(value, rank):
    return value if isinstance(value, tuple) else (value,) * rank


def _geometry(x, weight, stride, padding, output_padding, dilation):
    """Steps, gaps and pads along each axis, and the lengths of the output before it is cut."""
    rank = x.ndim - 2
    steps, gaps, pads = _every(stride, rank), _every(dilation, rank), _every(padding, rank)
    lengths = zip(
        x.shape[2:], steps, gaps, weight.shape[2:], _every(output_padding, rank), strict=True
    )
    return steps, gaps, pads, [(n - 1) * s + d * (k - 1) + 1 + more for n, s, d, k, more in lengths]


def _finished(image, pads, bias):
    lengths = image.shape[2:]
    y = image[(..., *(slice(p, n - p) for p, n in zip(pads, lengths, strict=True)))]
    return y if bias is None else y + bias.reshape(-1, *[1] * len(lengths))


def _matrix(x, weight, *settings):
    """What each entry of an image adds to each output."""
    entries = math.prod(x.shape[1:])
    unit = np.eye(entries).reshape(entries, *x.shape[1:])
    names = ("stride", "padding", "output_padding", "dilation", "groups")
    y = entry_of_the_kernel_by_entry(unit, weight, None, **dict(zip(names, settings, strict=True)))
    return y.reshape(entries, math.prod(y.shape[1:])), y.shape[1:]


def _kernel_gradient(grad, x, weight, *settings):
    """How much the loss grows with each entry of the kernel, one after the other."""
    names = ("stride", "padding", "output_padding", "dilation", "groups")
    named = dict(zip(names, settings, strict=True))
    dweight = np.zeros(weight.shape)
    for at in np.ndindex(weight.shape):
        one = np.zeros(weight.shape)
        one[at] = 1
        dweight[at] = (grad * entry_of_the_kernel_by_entry(x, one, None, **named)).sum()
    return dweight


def _bias_gradient(grad, bias):
    return None if bias is None else grad.sum(axis=(0, *range(2, grad.ndim)))
