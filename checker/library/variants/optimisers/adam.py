"""Right ways to write a step of Adam."""

import numpy as np


def one_rate_for_both_corrections(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The faster order of operations, with epsilon corrected too."""
    step = state.step + 1
    mean = beta1 * state.mean + (1 - beta1) * grad
    square = beta2 * state.square + (1 - beta2) * grad * grad
    grown = np.sqrt(1 - beta2**step)
    rate = learning_rate * grown / (1 - beta1**step)
    moved = param - rate * mean / (np.sqrt(square) + epsilon * grown)
    return moved, state._replace(step=step, mean=mean, square=square)


def moving_by_differences(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    step = state.step + 1
    mean = state.mean + (1 - beta1) * (grad - state.mean)
    square = state.square + (1 - beta2) * (grad**2 - state.square)
    direction = mean / (1 - beta1**step)
    spread = np.sqrt(square / (1 - beta2**step))
    moved = param - learning_rate * direction / (spread + epsilon)
    return moved, state._replace(step=step, mean=mean, square=square)


def entry_by_entry(
    grad, state, param, *, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    step = state.step + 1
    mean, square, moved = (np.empty(param.shape) for _ in range(3))
    for i in np.ndindex(param.shape):
        mean[i] = beta1 * state.mean[i] + (1 - beta1) * grad[i]
        square[i] = beta2 * state.square[i] + (1 - beta2) * grad[i] ** 2
        root = (square[i] / (1 - beta2**step)) ** 0.5
        moved[i] = param[i] - learning_rate * mean[i] / (1 - beta1**step) / (root + epsilon)
    return moved, state._replace(step=step, mean=mean, square=square)
