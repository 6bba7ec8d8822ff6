"""Right ways to write a step of Adagrad."""

import numpy as np


def powers(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    squares = state.squares + grad * grad
    return param - learning_rate * grad * (squares**0.5 + epsilon) ** -1, state._replace(
        squares=squares
    )


def a_rate_for_each_weight(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    squares = np.add(state.squares, np.square(grad))
    rates = learning_rate / (np.sqrt(squares) + epsilon)
    return param - rates * grad, state._replace(squares=squares)
