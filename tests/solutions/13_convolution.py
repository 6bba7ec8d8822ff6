"""Convolution, solved from its text."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def correlate(x, kernel):
    count = len(x) - len(kernel) + 1
    y = np.zeros(count)
    for k in range(len(kernel)):
        y += kernel[k] * x[k : k + count]
    return y


def convolve(x, kernel):
    zeros = np.zeros(len(kernel) - 1)
    return correlate(np.concatenate([zeros, x, zeros]), kernel[::-1])


def correlate_backward(grad, x, kernel):
    return convolve(grad, kernel), correlate(x, grad)


def output_size(length, size, stride, padding, dilation):
    span = dilation * (size - 1) + 1
    room = length + 2 * padding - span
    if room < 0:
        raise ValueError("no window fits")
    return room // stride + 1


def pad(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def convolve_images(x, weight, bias, stride, padding, dilation):
    spans = [dilation * (size - 1) + 1 for size in weight.shape[2:]]
    windows = sliding_window_view(pad(x, padding), spans, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    y = np.tensordot(windows, weight, axes=((1, 4, 5), (1, 2, 3)))
    return np.moveaxis(y, -1, 1) + bias[:, None, None]


def convolve_images_backward(grad, x, weight, bias, stride, padding):
    image = pad(x, padding)
    dimage, dweight = np.zeros(image.shape), np.zeros(weight.shape)
    rows, columns = grad.shape[2:]
    for k in range(weight.shape[2]):
        for m in range(weight.shape[3]):
            down = slice(k, k + (rows - 1) * stride + 1, stride)
            across = slice(m, m + (columns - 1) * stride + 1, stride)
            part = image[:, :, down, across]
            dweight[:, :, k, m] = np.tensordot(grad, part, axes=((0, 2, 3), (0, 2, 3)))
            back = np.tensordot(grad, weight[:, :, k, m], axes=(1, 0))
            dimage[:, :, down, across] += np.moveaxis(back, -1, 1)
    h, w = x.shape[2:]
    dx = dimage[:, :, padding : padding + h, padding : padding + w]
    return dx, dweight, grad.sum(axis=(0, 2, 3))


def windows_of(x, size, stride):
    return sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]


def max_pool(x, size, stride):
    return windows_of(x, size, stride).max(axis=(4, 5))


def max_pool_backward(grad, x, size, stride):
    windows = windows_of(x, size, stride)
    taken = windows.reshape(*windows.shape[:4], size * size).argmax(axis=-1)
    dx = np.zeros(x.shape)
    n, c, p, q = np.indices(taken.shape)
    np.add.at(dx, (n, c, p * stride + taken // size, q * stride + taken % size), grad)
    return dx


def receptive_field(sizes, strides):
    field, jump, fields = 1, 1, []
    for size, stride in zip(sizes, strides, strict=True):
        field = field + (size - 1) * jump
        jump = jump * stride
        fields.append(field)
    return fields


def count_parameters(channels, sizes, bias):
    counts = []
    for i in range(len(sizes)):
        counts.append((sizes[i] ** 2 * channels[i] + bias) * channels[i + 1])
    return counts


def normalise_groups(x, gamma, beta, groups, epsilon):
    rows = x.reshape(len(x), groups, -1)
    m = rows.mean(axis=2, keepdims=True)
    v = ((rows - m) ** 2).mean(axis=2, keepdims=True)
    z = ((rows - m) / np.sqrt(v + epsilon)).reshape(x.shape)
    shape = (-1,) + (1,) * (x.ndim - 2)
    return gamma.reshape(shape) * z + beta.reshape(shape)


def read_images(images, labels, new, seed):
    rng = np.random.default_rng(seed)
    x, new = (each.reshape(-1, 1, 8, 8) / 16 for each in (images, new))
    right = np.eye(10)[labels]
    weights = [
        rng.normal(0, np.sqrt(2 / 9), (8, 1, 3, 3)),
        np.zeros(8),
        rng.normal(0, np.sqrt(2 / 72), (72, 10)),
        np.zeros(10),
    ]
    for _ in range(30):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 20):
            part = order[start : start + 20]
            slopes = gradients(x[part], right[part], *weights)
            weights = [w - 0.2 * slope for w, slope in zip(weights, slopes, strict=True)]
    return scores(new, *weights)[0]


def scores(x, w1, b1, w2, b2):
    z = convolve_images(x, w1, b1, 1, 0, 1)
    a = np.maximum(z, 0)
    flat = max_pool(a, 2, 2).reshape(len(x), -1)
    return flat @ w2 + b2, flat, a, z


def gradients(x, right, w1, b1, w2, b2):
    logits, flat, a, z = scores(x, w1, b1, w2, b2)
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    d = (e / e.sum(axis=1, keepdims=True) - right) / len(x)
    dpooled = (d @ w2.T).reshape(len(x), 8, 3, 3)
    dz = max_pool_backward(dpooled, a, 2, 2) * (z > 0)
    _, dw1, db1 = convolve_images_backward(dz, x, w1, b1, 1, 0)
    return dw1, db1, flat.T @ d, d.sum(axis=0)
