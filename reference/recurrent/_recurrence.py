"""Running a cell over time, in one or both directions, through layers, and all the way back.

    a = x W_ih^T + b_ih                        for all times in one product
    r = h W_hh^T + b_hh                        time after time
    state, kept = step(a, r, state)
    h = state[0], or state[0] W_hr^T where there is a projection

A cell is two functions of one time. `step` returns the next state, whose first part is the output,
and whatever it wants to keep. `unstep` takes the gradient of that state and what was kept, and
returns the gradients of a, of r, and of the state before as far as it does not pass through r.
A gradient of r that is the gradient of a, the same array, is stored once.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from reference.spec import Real

State = tuple[Any, ...]
Blocks = tuple[Real | None, ...]  # w_ih0, w_ih, w_hh, w_hr, b_ih, b_hh


class Weights(NamedTuple):
    """The weights of one layer in one direction, or their gradients."""

    w_ih: Any
    w_hh: Any
    w_hr: Any
    b_ih: Any
    b_hh: Any


class Trace(NamedTuple):
    """What one layer in one direction has seen, time after time."""

    x: Real
    starts: list[Real]  # h before each time
    hidden: list[Real]  # h after each time, before its projection
    kept: list[State]
    outputs: list[Real]
    final: State


class Cell(NamedTuple):
    gates: int  # the rows of w_hh for each unit
    step: Callable[[Real, Real, State], tuple[State, State]]
    unstep: Callable[[State, State], tuple[Real, Real, State]]


def forward_of(
    cell: Cell, x: Real, start: Blocks, blocks: Blocks, layers: int, bidirectional: bool
) -> tuple[Real, ...]:
    """The outputs of the last layer, and each final state of all layers and directions."""
    outputs, traces = run(cell, x, start, weights_of(blocks, layers, bidirectional), bidirectional)
    return outputs, *map(np.stack, zip(*(trace.final for trace in traces), strict=True))


def backward_of(
    cell: Cell,
    grad: State,
    x: Real,
    start: Blocks,
    blocks: Blocks,
    layers: int,
    bidirectional: bool,
) -> Blocks:
    """The gradients of x, of the initial states and of the blocks of weights."""
    weights = weights_of(blocks, layers, bidirectional)
    _, traces = run(cell, x, start, weights, bidirectional)
    dx, *dfinal = grad
    dstart: list[State] = [()] * len(weights)
    dweights: list[Any] = list(weights)
    for first in reversed(range(0, len(weights), 1 + bidirectional)):
        parts = np.split(dx, 1 + bidirectional, axis=-1)
        for d, part in enumerate(parts):
            k, after = first + d, tuple(each[first + d] for each in dfinal)
            dread, dstart[k], dweights[k] = _back_in_time(
                cell, _turned(part, d), after, traces[k], weights[k]
            )
            dx = dx + _turned(dread, d) if d else dread
    dstates = map(np.stack, zip(*dstart, strict=True))
    w_ih0, w_ih, *others = blocks
    return (
        dx,
        *(None if given is None else each for given, each in zip(start, dstates, strict=True)),
        _stacked(dweights[: 1 + bidirectional], 0, w_ih0),
        _stacked(dweights[1 + bidirectional :], 0, w_ih),
        *(_stacked(dweights, 1 + k, block) for k, block in enumerate(others)),
    )


def weights_of(blocks: Blocks, layers: int, bidirectional: bool) -> list[Weights]:
    """The weights of each layer and direction. Raises ValueError where their number is wrong."""
    w_ih0, w_ih, w_hh, w_hr, *biases = blocks
    of_inputs = [weights for block in (w_ih0, w_ih) if block is not None for weights in block]
    w_hr = None if w_hr is None or not w_hr.shape[1] else w_hr
    parts = (of_inputs, w_hh, w_hr, *biases)
    count = layers * (1 + bidirectional)
    if any(len(part) != count for part in parts if part is not None):
        raise ValueError(f"the weights are not those of {count} layers and directions")
    return [Weights(*(None if p is None else p[k] for p in parts)) for k in range(count)]


def _stacked(each: Sequence[Weights], part: int, like: Real | None) -> Real | None:
    """The gradients of one part of the weights, shaped like it."""
    if like is None or not like.size:
        return None if like is None else np.zeros_like(like)
    return np.stack([gradients[part] for gradients in each])


def run(
    cell: Cell, x: Real, start: Blocks, weights: Sequence[Weights], bidirectional: bool
) -> tuple[Real, list[Trace]]:
    """The outputs of the last layer, and the trace of each layer and direction."""
    if not len(x):
        raise ValueError("a recurrent layer needs at least one time")
    if any(len(states) != len(weights) for states in start if states is not None):
        raise ValueError(f"the first states are not those of {len(weights)} layers and directions")
    rows, shown = weights[0].w_hh.shape
    widths = (shown, *(rows // cell.gates for _ in start[1:]))
    zeros = [np.zeros((x.shape[1], width), dtype=x.dtype) for width in widths]
    traces: list[Trace] = []
    for first in range(0, len(weights), 1 + bidirectional):
        outputs = []
        for d in range(1 + bidirectional):
            w, read = weights[first + d], _turned(x, d)
            state = tuple(
                zero if s is None else s[first + d] for s, zero in zip(start, zeros, strict=True)
            )
            traces.append(_over_time(cell, read, state, w))
            outputs.append(_turned(np.stack(traces[-1].outputs), d))
        x = np.concatenate(outputs, axis=-1)
    return x, traces


def _over_time(cell: Cell, x: Real, state: State, w: Weights) -> Trace:
    inputs = (_rows(x) @ w.w_ih.T).reshape(*x.shape[:2], len(w.w_ih))
    inputs = inputs if w.b_ih is None else inputs + w.b_ih
    columns = w.w_hh.T.copy()  # in the order of memory, which makes each product twice as fast
    starts, hidden, everything, outputs = [], [], [], []
    for now in inputs:
        starts.append(state[0])
        recurrent = state[0] @ columns
        recurrent = recurrent if w.b_hh is None else recurrent + w.b_hh
        state, kept = cell.step(now, recurrent, state)
        hidden.append(state[0])
        if w.w_hr is not None:
            state = (state[0] @ w.w_hr.T, *state[1:])
        outputs.append(state[0])
        everything.append(kept)
    return Trace(x, starts, hidden, everything, outputs, state)


def _back_in_time(
    cell: Cell, grad: Real, dstate: State, trace: Trace, w: Weights
) -> tuple[Real, State, Weights]:
    inputs, recurrent, projected = [], [], []
    for t in reversed(range(len(grad))):
        dh = dstate[0] + grad[t]
        projected.append(dh)
        if w.w_hr is not None:
            dh = dh @ w.w_hr
        da, dr, before = cell.unstep((dh, *dstate[1:]), trace.kept[t])
        dstate = (before[0] + dr @ w.w_hh, *before[1:])
        inputs.append(da)
        recurrent.append(dr)
    da = np.concatenate(inputs[::-1])
    dr = da if inputs[0] is recurrent[0] else np.concatenate(recurrent[::-1])
    dh = np.concatenate(projected[::-1])
    dweights = Weights(
        w_ih=da.T @ _rows(trace.x),
        w_hh=dr.T @ np.concatenate(trace.starts),
        w_hr=None if w.w_hr is None else dh.T @ np.concatenate(trace.hidden),
        b_ih=None if w.b_ih is None else da.sum(axis=0),
        b_hh=None if w.b_hh is None else dr.sum(axis=0),
    )
    return (da @ w.w_ih).reshape(trace.x.shape), dstate, dweights


def _turned(sequence: Real, direction: int) -> Real:
    """The sequence as this direction reads it."""
    return sequence[::-1] if direction else sequence


def _rows(sequence: Real) -> Real:
    """All times as rows of one matrix, whose product is faster than one for each time."""
    return sequence.reshape(sequence.shape[0] * sequence.shape[1], sequence.shape[2])
