"""Right ways to write a step of Adadelta."""

import numpy as np


def one_root(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    square = rho * state.square + (1 - rho) * grad * grad
    step = -np.sqrt((state.step_square + epsilon) / (square + epsilon)) * grad
    step_square = rho * state.step_square + (1 - rho) * step * step
    return param + learning_rate * step, state._replace(square=square, step_square=step_square)


def moving_by_differences(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    square = state.square + (1 - rho) * (grad**2 - state.square)
    step = grad * np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon)
    step_square = state.step_square + (1 - rho) * (step**2 - state.step_square)
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)
