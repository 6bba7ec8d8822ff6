"""Right ways to write a step of Muon."""

import numpy as np

from reference.optimisers.muon import State


def by_singular_values(
    grad,
    state,
    param,
    *,
    learning_rate=0.001,
    weight_decay=0.1,
    momentum=0.95,
    epsilon=1e-7,
    ns_steps=5,
):
    """The polynomial of the singular values, without any iteration of matrices."""
    mean = momentum * state.mean + (1 - momentum) * grad
    ahead = momentum * mean + (1 - momentum) * grad
    left, values, right = np.linalg.svd(ahead, full_matrices=False)
    values = values / max(np.sqrt(np.sum(values**2)), epsilon)
    for _ in range(ns_steps):
        values = 3.4445 * values - 4.775 * values**3 + 2.0315 * values**5
    scale = np.sqrt(max(1, param.shape[0] / param.shape[1]))
    direction = left * values @ right
    moved = param * (1 - learning_rate * weight_decay) - learning_rate * scale * direction
    return moved, State(mean)


def from_the_right(
    grad,
    state,
    param,
    *,
    learning_rate=0.001,
    weight_decay=0.1,
    momentum=0.95,
    epsilon=1e-7,
    ns_steps=5,
):
    """(X X^T) X is X (X^T X)."""
    mean = state.mean + (1 - momentum) * (grad - state.mean)
    x = grad + momentum * (mean - grad)
    x = x / np.maximum(np.linalg.norm(x), epsilon)
    for _ in range(ns_steps):
        gram = x.T @ x
        x = x @ (3.4445 * np.eye(len(gram)) - 4.775 * gram + 2.0315 * gram @ gram)
    rate = learning_rate * max(1.0, len(x) / x.shape[1]) ** 0.5
    return param - learning_rate * weight_decay * param - rate * x, State(mean)


def sums_of_gradients(
    grad,
    state,
    param,
    *,
    learning_rate=0.001,
    weight_decay=0.1,
    momentum=0.95,
    epsilon=1e-7,
    ns_steps=5,
):
    """As in PyTorch's manual: the sum is 1 / (1 - momentum) times the mean, and so is epsilon."""
    total = momentum * state.mean + grad
    x = grad + momentum * total
    x = x / np.maximum(np.sqrt(np.einsum("ij,ij", x, x)), epsilon / (1 - momentum))
    for _ in range(ns_steps):
        once = x @ x.T @ x
        x = 3.4445 * x - 4.775 * once + 2.0315 * x @ x.T @ once
    rows, columns = param.shape
    shrunk = (1 - learning_rate * weight_decay) * param
    return shrunk - learning_rate * np.sqrt(max(rows / columns, 1)) * x, State(total)
