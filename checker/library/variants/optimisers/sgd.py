"""Right ways to write a step of gradient descent."""

import numpy as np


def with_functions(grad, state, param, *, learning_rate=0.01):
    return np.subtract(param, np.multiply(learning_rate, grad)), state


def on_a_copy(grad, state, param, *, learning_rate=0.01):
    result = param.copy()
    result -= learning_rate * grad
    return result, state


def entry_by_entry(grad, state, param, *, learning_rate=0.01):
    pairs = zip(param.ravel(), grad.ravel(), strict=True)
    return np.array([w - learning_rate * g for w, g in pairs]).reshape(param.shape), state


def single_precision(grad, state, param, *, learning_rate=0.01):
    return param.astype(np.float32) - np.float32(learning_rate) * grad.astype(np.float32), state
