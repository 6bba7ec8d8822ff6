"""Right ways to write a step of Adafactor."""

import numpy as np

from reference.optimisers.adafactor import State


def matrix_by_matrix(
    grad,
    state,
    param,
    *,
    learning_rate=0.01,
    beta2_decay=-0.8,
    epsilon1=None,
    epsilon2=0.001,
    clip=1.0,
    weight_decay=0.0,
):
    """With outer products, in a loop over all axes before the last two."""
    step = state.step + 1
    old, least = 1 - step**beta2_decay, np.finfo(float).eps if epsilon1 is None else epsilon1
    rows, scaled = old * state.squares, np.zeros(grad.shape)
    columns = old * (0 if state.columns is None else state.columns)
    if grad.ndim < 2:
        rows = rows + (1 - old) * grad * grad
        scaled = grad / np.maximum(np.sqrt(rows), least)
    for k in np.ndindex(grad.shape[:-2]) if grad.ndim > 1 else ():
        rows[k] += (1 - old) * np.mean(grad[k] ** 2, axis=1, keepdims=True)
        columns[k] += (1 - old) * np.mean(grad[k] ** 2, axis=0, keepdims=True)
        spread = np.outer(rows[k], columns[k]) / max(np.mean(rows[k]), least)
        scaled[k] = grad[k] / np.maximum(np.sqrt(spread), least)
    size = np.sqrt(np.mean(scaled**2))
    rate = min(learning_rate, 1 / np.sqrt(step)) * max(epsilon2, np.sqrt(np.mean(param**2)))
    moved = param - learning_rate * weight_decay * param - rate * scaled / max(1, size / clip)
    return moved, State(step, rows, columns if grad.ndim > 1 else None)


def as_in_torch(
    grad,
    state,
    param,
    *,
    learning_rate=0.01,
    beta2_decay=-0.8,
    epsilon1=None,
    epsilon2=0.001,
    clip=1.0,
    weight_decay=0.0,
):
    """With norms, and the limit on V instead of its root."""
    step, count = state.step + 1, grad.size**0.5
    new = step**beta2_decay
    least = 2.0**-52 if epsilon1 is None else epsilon1
    rate = max(epsilon2, np.linalg.norm(np.ravel(param)) / count) * min(learning_rate, step**-0.5)
    if grad.ndim > 1:
        rows, columns = state.squares, state.columns
        rows = rows + new * (np.square(grad).mean(-1, keepdims=True) - rows)
        columns = columns + new * (np.square(grad).mean(-2, keepdims=True) - columns)
        spread = rows @ columns / np.maximum(rows.mean(-2, keepdims=True), least)
        state = State(step, rows, columns)
    else:
        spread = state.squares + new * (grad * grad - state.squares)
        state = State(step, spread, None)
    scaled = np.maximum(spread, least * least) ** -0.5 * grad
    shrink = max(1.0, np.linalg.norm(np.ravel(scaled)) / (count * clip))
    return param * (1 - learning_rate * weight_decay) - rate / shrink * scaled, state


def by_shares_of_the_mean(
    grad,
    state,
    param,
    *,
    learning_rate=0.01,
    beta2_decay=-0.8,
    epsilon1=None,
    epsilon2=0.001,
    clip=1.0,
    weight_decay=0.0,
):
    """The root of V is a product of roots: one for each column and one for the share of a row."""
    step, least = state.step + 1, 2.0**-52 if epsilon1 is None else epsilon1
    weight = 1 - step**beta2_decay
    if grad.ndim > 1:
        means = [np.mean(grad**2, axis=axis, keepdims=True) for axis in (-1, -2)]
        rows = weight * state.squares + (1 - weight) * means[0]
        columns = weight * state.columns + (1 - weight) * means[1]
        share = rows / np.clip(np.mean(rows, axis=-2, keepdims=True), least, None)
        state, root = State(step, rows, columns), np.sqrt(columns) * np.sqrt(share)
    else:
        square = weight * state.squares + (1 - weight) * grad**2
        state, root = State(step, square, None), np.sqrt(square)
    scaled = grad / np.clip(root, least, None)
    length = np.sqrt(np.mean(scaled**2))
    scaled = scaled * (clip / length) if length > clip else scaled
    alpha = np.maximum(epsilon2, np.sqrt(np.mean(param**2)))
    alpha = alpha * np.minimum(learning_rate, step**-0.5)
    return (1 - learning_rate * weight_decay) * param - alpha * scaled, state
