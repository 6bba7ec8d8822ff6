"""Mutants of a step of Adagrad."""

import numpy as np

from checker.library.marks import convention


def nothing_accumulated(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """Only the gradient of this step is under the root: nothing is accumulated.

    What is added up over all the steps?
    """
    return param - learning_rate * grad / (np.sqrt(grad**2) + epsilon), state


def squared_sum(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The gradients are added up and then squared; it is their squares that are added up.

    What is left of the gradients 1 and -1 in either order?
    """
    squares = state.squares + grad
    return _moved(grad, param, learning_rate, np.abs(squares) + epsilon), _with(state, squares)


def root_forgotten(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The root is missing.

    If the loss is measured in cents instead of euros, should the first step change?
    """
    squares = state.squares + grad**2
    return _moved(grad, param, learning_rate, squares + epsilon), _with(state, squares)


def one_sum_for_all(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """All entries share one sum of squares.

    How many learning rates does Adagrad have?
    """
    squares = state.squares + np.sum(grad**2)
    return _moved(grad, param, learning_rate, np.sqrt(squares) + epsilon), _with(state, squares)


def moving_average(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The squares are averaged with 0.9 and 0.1, as in RMSProp; here they are added up.

    Does Adagrad ever forget?
    """
    squares = 0.9 * state.squares + 0.1 * grad**2
    return _moved(grad, param, learning_rate, np.sqrt(squares) + epsilon), _with(state, squares)


def multiplied_by_the_root(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The gradient is multiplied by the root instead of divided.

    Should a weight that has seen large gradients take longer or shorter steps?
    """
    squares = state.squares + grad**2
    root = np.sqrt(squares) + epsilon
    return param - learning_rate * grad * root, _with(state, squares)


def sum_of_the_step_before(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The step uses the sum without its own gradient.

    Which comes first: adding the square, or using the sum?
    """
    squares = state.squares + grad**2
    root = np.sqrt(state.squares) + epsilon
    return _moved(grad, param, learning_rate, root), _with(state, squares)


def sizes_instead_of_squares(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The sizes of the gradients are added up, not their squares.

    What is under the root?
    """
    squares = state.squares + np.abs(grad)
    return _moved(grad, param, learning_rate, squares + epsilon), _with(state, squares)


def epsilon_forgotten(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """Epsilon is not used: a weight that never had a gradient becomes nan.

    What is 0 / 0?
    """
    squares = state.squares + grad**2
    return _moved(grad, param, learning_rate, np.sqrt(squares)), _with(state, squares)


@convention
def epsilon_inside(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """Epsilon stands inside the root, as in lecture 001 and Keras; here it is added to the root.

    Where does the formula of the text have it?
    """
    squares = state.squares + grad**2
    return _moved(grad, param, learning_rate, np.sqrt(squares + epsilon)), _with(state, squares)


@convention
def head_start(grad, state, param, *, learning_rate=0.01, epsilon=1e-10):
    """The sum starts from 0.1, as in Keras; here it starts from 0.

    What is the sum before the first gradient?
    """
    squares = state.squares + grad**2
    root = np.sqrt(squares + 0.1) + epsilon
    return _moved(grad, param, learning_rate, root), _with(state, squares)


def _moved(grad, param, learning_rate, root):
    return param - learning_rate * grad / root


def _with(state, squares):
    return state._replace(squares=squares)
