"""Right ways to write L-BFGS, without a line search."""

import numpy as np

from reference.optimisers.lbfgs import State


def with_a_matrix(
    closure,
    state,
    param,
    *,
    learning_rate=1.0,
    max_iter=20,
    max_eval=None,
    tolerance_grad=1e-7,
    tolerance_change=1e-9,
    history_size=100,
):
    """H itself, which is built anew from the pairs."""

    def turn(pairs, scale, grad):
        unit = np.eye(grad.size)
        inverse = scale * unit
        for step, change in pairs:
            s, y = np.ravel(step), np.ravel(change)
            left = unit - np.outer(s, y) / (s @ y)
            inverse = left @ inverse @ left.T + np.outer(s, s) / (s @ y)
        return -(inverse @ np.ravel(grad)).reshape(grad.shape)

    limits = (max_iter, max_eval, tolerance_grad, tolerance_change)
    return _descend(closure, state, param, turn, learning_rate, history_size, limits)


def one_pair_inside_the_other(
    closure,
    state,
    param,
    *,
    learning_rate=1.0,
    max_iter=20,
    max_eval=None,
    tolerance_grad=1e-7,
    tolerance_change=1e-9,
    history_size=100,
):
    """Both loops as one recursion."""

    def times(pairs, scale, vector):
        if not pairs:
            return scale * vector
        *older, (step, change) = pairs
        curvature = np.vdot(step, change)
        part = np.vdot(step, vector) / curvature
        result = times(older, scale, vector - part * change)
        return result + (part - np.vdot(change, result) / curvature) * step

    def turn(pairs, scale, grad):
        return -times(pairs, scale, grad)

    limits = (max_iter, max_eval, tolerance_grad, tolerance_change)
    return _descend(closure, state, param, turn, learning_rate, history_size, limits)


def in_two_loops(
    closure,
    state,
    param,
    *,
    learning_rate=1.0,
    max_iter=20,
    max_eval=None,
    tolerance_grad=1e-7,
    tolerance_change=1e-9,
    history_size=100,
):
    """As in the book, with indices and a buffer that is changed in place."""

    def turn(pairs, scale, grad):
        q, parts = grad.copy(), [0.0] * len(pairs)
        inverse = [1.0 / np.sum(step * change) for step, change in pairs]
        for i in range(len(pairs) - 1, -1, -1):
            parts[i] = inverse[i] * np.sum(pairs[i][0] * q)
            q -= parts[i] * pairs[i][1]
        q *= scale
        for i, (step, change) in enumerate(pairs):
            q += step * (parts[i] - inverse[i] * np.sum(change * q))
        return -q

    limits = (max_iter, max_eval, tolerance_grad, tolerance_change)
    return _descend(closure, state, param, turn, learning_rate, history_size, limits)


def _descend(closure, state, param, turn, rate, history_size, limits):
    max_iter, max_eval, flat, small = limits
    calls_left = int(max_iter * 1.25) if max_eval is None else max_eval
    loss, grad = closure(param)
    calls_left -= 1
    count, going = 0, np.abs(grad).max() > flat
    moved = param.copy()
    while going and count < max_iter:
        count += 1
        state = _next(state, grad, turn, rate, history_size)
        if np.vdot(grad, state.direction) > -small:
            break
        step = state.length * state.direction
        moved = moved + step
        if count < max_iter:
            before, (loss, grad) = loss, closure(moved)
            calls_left -= 1
            going = calls_left > 0 and np.abs(grad).max() > flat
            going = going and np.abs(step).max() > small and abs(loss - before) >= small
    return moved, state


def _next(state, grad, turn, rate, history_size):
    if state.iterations == 0:
        length = rate * np.minimum(1, 1 / np.abs(grad).sum())
        return State(1, (), 1.0, -grad, length, grad)
    pairs, scale = state.pairs, state.scale
    step, change = state.length * state.direction, grad - state.grad
    if np.vdot(step, change) > 1e-10:
        pairs = (*pairs, (step, change))[-history_size:]
        scale = np.vdot(step, change) / np.vdot(change, change)
    return State(state.iterations + 1, pairs, scale, turn(pairs, scale, grad), rate, grad)
