"""Right ways to write a step of Adamax."""

import numpy as np


def chosen_by_comparison(
    grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    step = state.step + 1
    mean = state.mean + (1 - beta1) * (grad - state.mean)
    old, new = beta2 * state.largest, abs(grad) + epsilon
    largest = np.where(old > new, old, new)
    moved = param - learning_rate * (mean / (1 - beta1**step)) / largest
    return moved, state._replace(step=step, mean=mean, largest=largest)


def stacked(grad, state, param, *, learning_rate=0.002, beta1=0.9, beta2=0.999, epsilon=1e-8):
    step = state.step + 1
    mean = beta1 * state.mean + (1 - beta1) * grad
    largest = np.stack([beta2 * state.largest, np.abs(grad) + epsilon]).max(axis=0)
    rate = learning_rate / (1 - beta1**step)
    return param - rate * mean / largest, state._replace(step=step, mean=mean, largest=largest)
