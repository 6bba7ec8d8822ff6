"""Right ways to write a long short-term memory (LSTM)."""

from typing import Any

import numpy as np


def gate_by_gate(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """Each gate has its own weights."""

    def advance(x, h, c, w):
        gates = [
            x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
            for w_ih, w_hh, b_ih, b_hh in zip(
                *(np.split(w[k], 4) for k in (0, 1, 3, 4)), strict=True
            )
        ]
        c = _open(gates[1]) * c + _open(gates[0]) * np.tanh(gates[2])
        return _open(gates[3]) * np.tanh(c), c

    return _read(advance, x, h0, c0, weights, layers, bidirectional, proj_size)


def side_by_side(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """Input, output and a 1 are one vector, and so are their weights."""

    def advance(x, h, c, w):
        joined = np.concatenate([w[0], w[1], (w[3] + w[4])[:, None]], axis=1)
        seen = np.concatenate([x, h, np.ones((len(x), 1))], axis=1)
        i, f, g, o = np.split(np.tanh(_halved(seen @ joined.T)), 4, axis=1)
        c = (1 + f) / 2 * c + (1 + i) / 2 * g
        return (1 + o) / 2 * np.tanh(c), c

    return _read(advance, x, h0, c0, weights, layers, bidirectional, proj_size)


def example_by_example(x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    settings = {"layers": layers, "bidirectional": bidirectional, "proj_size": proj_size}
    parts = [
        gate_by_gate(
            x[:, k : k + 1],
            *(None if s is None else s[:, k : k + 1] for s in (h0, c0)),
            *weights,
            **settings,
        )
        for k in range(x.shape[1])
    ]
    return tuple(np.concatenate(each, axis=1) for each in zip(*parts, strict=True))


def added_up_over_time(grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0):
    """The gradients of the weights grow time after time."""
    blocks, starts = _prepared(x, h0, c0, weights, layers, bidirectional, proj_size)
    both, read, stack = 1 + bidirectional, x, list[Any]()
    for k, (w, start) in enumerate(zip(blocks, starts, strict=True)):
        if k % both == 0 and k:
            read = np.concatenate([run[1] for run in stack[-both:]], axis=-1)
        stack.append(_remembered(read, start, w, k % both == 1))
    dread, totals, dh0, dc0 = grad[0], list[Any](), list[Any](), list[Any]()
    for first in reversed(range(0, len(stack), both)):
        parts = np.split(dread, both, axis=-1)
        dread = 0
        for d in reversed(range(both)):
            k = first + d
            dx, dh, dc, dw = _returned(
                stack[k][0], parts[d], grad[1][k], grad[2][k], blocks[k], d == 1
            )
            dread = dread + dx
            totals.insert(0, dw)
            dh0.insert(0, dh)
            dc0.insert(0, dc)
    w_ih0, w_ih, _, w_hr, b_ih, b_hh = (*weights, None, None)[:6]
    dw_ih = [dw[0] for dw in totals]
    bias = np.stack([dw[3] for dw in totals])
    return (
        dread,
        None if h0 is None else np.stack(dh0),
        None if c0 is None else np.stack(dc0),
        np.stack(dw_ih[: len(w_ih0)]),
        np.stack(dw_ih[len(w_ih0) :]) if len(w_ih) else np.zeros(w_ih.shape),
        np.stack([dw[1] for dw in totals]),
        np.stack([dw[2] for dw in totals]) if proj_size else np.zeros(w_hr.shape),
        None if b_ih is None else bias,
        None if b_hh is None else bias.copy(),
    )


def example_by_example_backwards(
    grad, x, h0, c0, *weights, layers=1, bidirectional=False, proj_size=0
):
    """The weights get the sum of the gradients of all examples."""
    settings = {"layers": layers, "bidirectional": bidirectional, "proj_size": proj_size}
    parts = [
        added_up_over_time(
            tuple(g[:, k : k + 1] for g in grad),
            x[:, k : k + 1],
            *(None if s is None else s[:, k : k + 1] for s in (h0, c0)),
            *weights,
            **settings,
        )
        for k in range(x.shape[1])
    ]
    columns = list(zip(*parts, strict=True))
    joined = [None if c[0] is None else np.concatenate(c, axis=1) for c in columns[:3]]
    return *joined, *(None if c[0] is None else sum(c) for c in columns[3:])


def _open(a):
    """The sigmoid."""
    decay = np.exp(-np.abs(a))
    return np.where(a > 0, 1, decay) / (1 + decay)


def _halved(a):
    """The gates at half their size, since s(a) = (1 + tanh(a / 2)) / 2; the candidate as it is."""
    k = a.shape[1] // 4
    return a * np.repeat([0.5, 0.5, 1.0, 0.5], k)


def _prepared(x, h0, c0, weights, layers, bidirectional, proj_size):
    """Weights and states of each layer and direction, with zeros for what is left out."""
    w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh = (*weights, None, None)[:6]
    count, rows, shown = w_hh.shape
    none = np.zeros((count, rows))
    b_ih, b_hh = (none if b is None else b for b in (b_ih, b_hh))
    h0 = np.zeros((count, x.shape[1], shown)) if h0 is None else h0
    c0 = np.zeros((count, x.shape[1], rows // 4)) if c0 is None else c0
    w_hr = w_hr if proj_size else count * [None]
    blocks = list(zip([*w_ih0, *w_ih], w_hh, w_hr, b_ih, b_hh, strict=True))
    return blocks, list(zip(h0, c0, strict=True))


def _read(advance, x, h0, c0, weights, layers, bidirectional, proj_size):
    blocks, starts = _prepared(x, h0, c0, weights, layers, bidirectional, proj_size)
    ends = list[Any]()
    for _ in range(layers):
        outputs = []
        for d in range(1 + bidirectional):
            w, (h, c) = blocks[len(ends)], starts[len(ends)]
            seen = {}
            for t in range(len(x))[:: -1 if d else 1]:
                h, c = advance(x[t], h, c, w)
                h = h @ w[2].T if w[2] is not None else h
                seen[t] = h
            ends.append((h, c))
            outputs.append(np.stack([seen[t] for t in range(len(x))]))
        x = np.concatenate(outputs, axis=-1)
    return x, np.stack([h for h, _ in ends]), np.stack([c for _, c in ends])


def _remembered(x, start, w, turned):
    """All values of one direction of one layer, by time, and its outputs."""
    w_ih, w_hh, w_hr, b_ih, b_hh = w
    (h, c), seen, outputs = start, [], {}
    for t in range(len(x))[:: -1 if turned else 1]:
        i, f, g, o = np.split(x[t] @ w_ih.T + h @ w_hh.T + (b_ih + b_hh), 4, axis=1)
        i, f, g, o = _open(i), _open(f), np.tanh(g), _open(o)
        before, c = c, f * c + i * g
        shown = o * np.tanh(c)
        seen.append((t, x[t], h, before, c, shown, i, f, g, o))
        h = shown if w_hr is None else shown @ w_hr.T
        outputs[t] = h
    return seen, np.stack([outputs[t] for t in range(len(x))])


def _returned(seen, dout, dh, dc, w, turned):
    w_ih, w_hh, w_hr, _, _ = w
    dx = np.zeros((len(seen), len(dout[0]), w_ih.shape[1]))
    totals = [np.zeros(w_ih.shape), np.zeros(w_hh.shape), None, np.zeros(len(w_ih))]
    totals[2] = None if w_hr is None else np.zeros(w_hr.shape)
    for t, x, h, before, c, shown, i, f, g, o in reversed(seen):
        dh = dh + dout[t]
        if w_hr is not None:
            totals[2] += dh.T @ shown
            dh = dh @ w_hr
        dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        di, df, dg, do = dc * g, dc * before, dc * i, dh * np.tanh(c)
        da = np.concatenate(
            [di * i * (1 - i), df * f * (1 - f), dg * (1 - g * g), do * o * (1 - o)], axis=1
        )
        totals[0] += da.T @ x
        totals[1] += da.T @ h
        totals[3] += da.sum(axis=0)
        dx[t], dh, dc = da @ w_ih, da @ w_hh, dc * f
    return dx, dh, dc, totals
