"""Mutants of a step of RMSProp, with momentum."""

import numpy as np

from checker.library.marks import convention


def squares_added_up(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The squares are added up, as in Adagrad; here they are averaged.

    Does RMSProp forget old gradients?
    """
    square = state.square + grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def weights_exchanged(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """rho and 1 - rho are exchanged.

    Which weight has the old value?
    """
    square = (1 - rho) * state.square + rho * grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def new_square_unweighted(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The new square has no factor 1 - rho.

    Do the two weights of an average add up to 1?
    """
    square = rho * state.square + grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def root_forgotten(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """The root is missing.

    If the loss is multiplied by 100, should the steps change?
    """
    square = rho * state.square + (1 - rho) * grad**2
    return _moved(grad, state, param, square, square + epsilon, learning_rate, momentum)


def not_squared(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """The gradient is averaged, not its square.

    What is left of the gradients 1 and -1 on average, and what of their squares?
    """
    square = rho * state.square + (1 - rho) * grad
    return _moved(grad, state, param, square, np.abs(square) + epsilon, learning_rate, momentum)


def average_of_the_step_before(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The step uses the average without its own gradient.

    Which comes first: averaging the square, or using the average?
    """
    square = rho * state.square + (1 - rho) * grad**2
    root = np.sqrt(state.square) + epsilon
    return _moved(grad, state, param, square, root, learning_rate, momentum)


def average_forgotten(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The average starts anew in every step.

    What does the state have to remember?
    """
    square = (1 - rho) * grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def one_average_for_all(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """All entries share one average, the mean of theirs.

    How many learning rates does RMSProp have?
    """
    square = rho * np.mean(state.square) + (1 - rho) * grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def mean_square_of_all(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The squares of all entries are averaged together; each entry needs its own average.

    How many learning rates does RMSProp have?
    """
    square = rho * state.square + (1 - rho) * np.mean(grad**2)
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def epsilon_forgotten(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """Epsilon is not used: a weight that never had a gradient becomes nan.

    What is 0 / 0?
    """
    square = rho * state.square + (1 - rho) * grad**2
    return _moved(grad, state, param, square, np.sqrt(square), learning_rate, momentum)


def momentum_ignored(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The momentum is not used: no step remembers the one before.

    Where does the old velocity enter the new one?
    """
    square = rho * state.square + (1 - rho) * grad**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, 0.0)


def velocity_of_raw_gradients(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The velocity collects the gradients themselves, and is divided by the root afterwards.

    What enters the velocity: the gradient, or the gradient divided?
    """
    square = rho * state.square + (1 - rho) * grad**2
    velocity = momentum * state.velocity - grad
    step = learning_rate * velocity / (np.sqrt(square) + epsilon)
    return param + step, state._replace(square=square, velocity=velocity)


def velocity_averaged(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """What enters the velocity has the factor 1 - momentum.

    Is the velocity of the formula an average or a sum?
    """
    square = rho * state.square + (1 - rho) * grad**2
    pushed = (1 - momentum) * grad
    return _moved(pushed, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


def rate_twice(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """The learning rate is used twice: in the velocity, and again when the parameter moves.

    How often does the rate occur in one step?
    """
    square = rho * state.square + (1 - rho) * grad**2
    root = np.sqrt(square) + epsilon
    return _moved(learning_rate * grad, state, param, square, root, learning_rate, momentum)


def one_buffer_for_both(
    grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0
):
    """The squares of the velocity are averaged, not those of the gradient.

    How many things does the state remember, and what is each made of?
    """
    square = rho * state.square + (1 - rho) * state.velocity**2
    return _moved(grad, state, param, square, np.sqrt(square) + epsilon, learning_rate, momentum)


@convention
def epsilon_inside(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """Epsilon stands inside the root, as in lecture 001 and Keras; here it is added to the root.

    Where does the formula of the text have it?
    """
    square = rho * state.square + (1 - rho) * grad**2
    return _moved(grad, state, param, square, np.sqrt(square + epsilon), learning_rate, momentum)


@convention
def centred(grad, state, param, *, learning_rate=0.001, rho=0.9, epsilon=1e-7, momentum=0.0):
    """The square of the mean gradient is subtracted under the root: the centred form.

    What is under the root in the text: a mean square, or a variance?
    """
    square = rho * state.square + (1 - rho) * grad**2
    mean = rho * state.mean + (1 - rho) * grad
    root = np.sqrt(np.maximum(square - mean**2, 0)) + epsilon
    kept = state._replace(mean=mean)
    return _moved(grad, kept, param, square, root, learning_rate, momentum)


def _moved(grad, state, param, square, root, learning_rate, momentum):
    velocity = momentum * state.velocity - grad / root
    return param + learning_rate * velocity, state._replace(square=square, velocity=velocity)
