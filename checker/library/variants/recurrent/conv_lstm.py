"""Right ways to write a convolutional long short-term memory (LSTM)."""

from typing import Any

import numpy as np


def gate_by_gate(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """Each gate has its own kernels, and the window of each output is cut out."""
    return _read(_by_windows, x, h0, c0, w_ih, w_hh, bias, **settings)[0]


def entry_by_entry(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The image is shifted by each entry of the kernel."""
    return _read(_by_shifts, x, h0, c0, w_ih, w_hh, bias, **settings)[0]


def image_and_output_joined(
    x, h0, c0, w_ih, w_hh, bias=None, *, stride=1, dilation=1, same=False, **settings
):
    """Where the windows of both are the same, image and output are channels of one image."""
    plain = {"stride": stride, "dilation": dilation, "same": same}
    if not same or _each(stride, w_ih) + _each(dilation, w_ih) != 2 * (w_ih.ndim - 2) * (1,):
        return gate_by_gate(x, h0, c0, w_ih, w_hh, bias, **plain, **settings)
    n, k = x.shape[1], len(w_ih) // 4
    joined = np.concatenate([w_ih, w_hh], axis=1)
    h, c = (np.zeros((n, k, *x.shape[3:])) if s is None else s for s in (h0, c0))
    seen = []
    for image in x[:: -1 if settings.get("go_backwards") else 1]:
        both = _padded(np.concatenate([image, h], axis=1), w_ih.shape[2:], 1, 1)
        h, c = _next(_by_shifts(both, joined, 1, 1) + _column(bias, image), c)
        seen.append(h)
    return np.stack(seen) if settings.get("return_sequences") else h, np.array(h), c


def example_by_example(x, h0, c0, w_ih, w_hh, bias=None, **settings):
    parts = []
    for n in range(x.shape[1]):
        h, c = (None if s is None else s[n : n + 1] for s in (h0, c0))
        parts.append(entry_by_entry(x[:, n : n + 1], h, c, w_ih, w_hh, bias, **settings))
    axes = [1 if settings.get("return_sequences") else 0, 0, 0]
    return tuple(
        np.concatenate(each, axis=axis)
        for each, axis in zip(zip(*parts, strict=True), axes, strict=True)
    )


def added_up_over_time(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The gradients of both kernels grow time after time."""
    sequences, turn = settings.get("return_sequences"), -1 if settings.get("go_backwards") else 1
    stride, dilation = (settings.get(name, 1) for name in ("stride", "dilation"))
    _, seen = _read(_by_shifts, x, h0, c0, w_ih, w_hh, bias, **settings)
    totals, dx = [np.zeros(w.shape) for w in (w_ih, w_hh)], np.zeros(x.shape)
    db, (dh, dc) = np.zeros(len(w_ih)), grad[1:]
    for t in reversed(range(len(x))):
        if sequences or t == len(x) - 1:
            dh = dh + (grad[0][t] if sequences else grad[0])
        (image, pads), (start, around), gates, before = seen[t]
        i, f, g, o = _opened(gates)
        c = np.tanh(f * before + i * g)
        dc = dc + dh * o * (1 - c * c)
        da = np.concatenate(
            [
                dc * g * i * (1 - i),
                dc * before * f * (1 - f),
                dc * i * (1 - g * g),
                dh * c * o * (1 - o),
            ],
            axis=1,
        )
        dimage, dw = _back(da, image, w_ih, stride, dilation)
        totals[0] += dw
        dx[::turn][t] = _cut(dimage, pads)
        dstart, dw = _back(da, start, w_hh, 1, 1)
        totals[1] += dw
        db += da.sum(axis=(0, *range(2, da.ndim)))
        dh, dc = _cut(dstart, around), dc * f
    starts = (None if s is None else d for s, d in ((h0, dh), (c0, dc)))
    return dx, *starts, *totals, None if bias is None else db


def example_by_example_backwards(grad, x, h0, c0, w_ih, w_hh, bias=None, **settings):
    """The weights get the sum of the gradients of all examples."""
    parts = []
    for n in range(x.shape[1]):
        one = slice(n, n + 1)
        h, c = (None if s is None else s[one] for s in (h0, c0))
        up = grad[0][:, one] if settings.get("return_sequences") else grad[0][one]
        parts.append(
            added_up_over_time(
                (up, grad[1][one], grad[2][one]),
                x[:, one],
                h,
                c,
                w_ih,
                w_hh,
                bias,
                **settings,
            )
        )
    dx, dh0, dc0, *weights = zip(*parts, strict=True)
    joined = (None if s[0] is None else np.concatenate(s) for s in (dh0, dc0))
    totals = (None if w[0] is None else sum(w) for w in weights)
    return np.concatenate(dx, axis=1), *joined, *totals


def _read(
    convolve,
    x,
    h0,
    c0,
    w_ih,
    w_hh,
    bias,
    *,
    stride=1,
    dilation=1,
    same=False,
    return_sequences=False,
    go_backwards=False,
):
    """The results, and for each time what the gates were made of."""
    h, c, outputs, seen = h0, c0, [], []
    for now in x[::-1] if go_backwards else x:
        pads = _pads(now, w_ih, stride, dilation) if same else [(0, 0)] * (now.ndim - 2)
        image = np.pad(now, [(0, 0), (0, 0), *pads])
        gates = convolve(image, w_ih, stride, dilation) + _column(bias, now)
        h, c = (np.zeros_like(gates[:, : len(w_ih) // 4]) if s is None else s for s in (h, c))
        around = _pads(h, w_hh, 1, 1)
        start = np.pad(h, [(0, 0), (0, 0), *around])
        gates = gates + convolve(start, w_hh, 1, 1)
        seen.append(((image, pads), (start, around), gates, c))
        h, c = _next(gates, c)
        outputs.append(h)
    return (np.stack(outputs) if return_sequences else h, np.array(h), c), seen


def _opened(gates):
    """The gates with their sigmoid, and the candidate with its tanh."""
    i, f, g, o = np.split(gates, 4, axis=1)
    return _open(i), _open(f), np.tanh(g), _open(o)


def _next(gates, before):
    i, f, g, o = _opened(gates)
    c = f * before + i * g
    return o * np.tanh(c), c


def _open(a):
    """The sigmoid."""
    return (1 + np.tanh(a / 2)) / 2


def _column(bias, image):
    return 0 if bias is None else bias.reshape(-1, *[1] * (image.ndim - 2))


def _each(setting, weight):
    return tuple(setting) if isinstance(setting, tuple) else (setting,) * (weight.ndim - 2)


def _pads(image, weight, stride, dilation):
    pads = []
    for axis, (s, d) in enumerate(
        zip(_each(stride, weight), _each(dilation, weight), strict=True), start=2
    ):
        length, span = image.shape[axis], d * (weight.shape[axis] - 1) + 1
        beyond = (length - 1) // s * s + span - length
        pads.append((max(beyond, 0) // 2, max(beyond, 0) - max(beyond, 0) // 2))
    return pads


def _padded(image, size, stride, dilation):
    kernel = np.empty((0, 0, *size))
    return np.pad(image, [(0, 0), (0, 0), *_pads(image, kernel, stride, dilation)])


def _cut(image, pads):
    return image[..., *(slice(a, n - b) for n, (a, b) in zip(image.shape[2:], pads, strict=True))]


def _by_windows(image, weight, stride, dilation):
    steps, gaps = _each(stride, weight), _each(dilation, weight)
    spans = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], gaps, strict=True)]
    axes = tuple(range(2, image.ndim))
    windows = np.lib.stride_tricks.sliding_window_view(image, spans, axis=axes)
    begins: Any = (slice(None), slice(None), *(slice(None, None, s) for s in steps))
    entries: Any = (..., *(slice(None, None, d) for d in gaps))
    windows = windows[begins][entries]
    last = tuple(range(windows.ndim - len(axes), windows.ndim))
    parts = [np.tensordot(windows, w, ((1, *last), (1, *axes))) for w in np.split(weight, 4)]
    return np.moveaxis(np.concatenate(parts, axis=-1), -1, 1)


def _entries(image, weight, stride, dilation):
    """Each entry of a kernel, and the part of the image that it meets."""
    steps, gaps = _each(stride, weight), _each(dilation, weight)
    size = weight.shape[2:]
    counts = [
        (n - d * (k - 1) - 1) // s + 1
        for n, k, s, d in zip(image.shape[2:], size, steps, gaps, strict=True)
    ]
    for entry in np.ndindex(*size):
        starts = [e * d for e, d in zip(entry, gaps, strict=True)]
        yield (
            (..., *entry),
            (
                ...,
                *(
                    slice(a, a + (m - 1) * s + 1, s)
                    for a, m, s in zip(starts, counts, steps, strict=True)
                ),
            ),
        )


def _by_shifts(image, weight, stride, dilation):
    return sum(
        np.einsum("oi,ni...->no...", weight[entry], image[part])
        for entry, part in _entries(image, weight, stride, dilation)
    )


def _back(grad, image, weight, stride, dilation):
    """The gradients of the image and of the kernel."""
    dimage, dweight = np.zeros(image.shape), np.zeros(weight.shape)
    for entry, part in _entries(image, weight, stride, dilation):
        dimage[part] += np.einsum("oi,no...->ni...", weight[entry], grad)
        columns = image[part].reshape(*image.shape[:2], -1)
        dweight[entry] = np.einsum("nop,nip->oi", grad.reshape(*grad.shape[:2], -1), columns)
    return dimage, dweight
