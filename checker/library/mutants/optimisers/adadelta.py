"""Mutants of a step of Adadelta."""

import numpy as np


def steps_averaged_too_early(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The average of the steps holds a step already before that step is taken.

    Which steps are known when a step is worked out?
    """
    square = rho * state.square + (1 - rho) * grad**2
    guess = np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * guess**2
    step = np.sqrt(step_square + epsilon) / np.sqrt(square + epsilon) * grad
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)


def never_starts(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """Epsilon is missing above: the first step is 0, and so is every other.

    What is the average of the steps before the first one?
    """
    return _step(grad, state, param, learning_rate, rho, epsilon, above=np.sqrt)


def roots_forgotten(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The roots are missing.

    In which units is the average of the squared steps?
    """
    return _step(
        grad,
        state,
        param,
        learning_rate,
        rho,
        epsilon,
        above=lambda s: s + epsilon,
        below=lambda s: s + epsilon,
    )


def upside_down(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The fraction is upside down.

    Should a large gradient make the step longer or shorter?
    """
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(square + epsilon) / np.sqrt(state.step_square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * step**2
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)


def rate_remembered(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The learning rate is in the average of the steps as well.

    Which d does the formula average: before or after the rate?
    """
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * (learning_rate * step) ** 2
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)


def weights_exchanged(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """rho and 1 - rho are exchanged in both averages.

    Which weight has the old value?
    """
    return _step(grad, state, param, learning_rate, 1 - rho, epsilon)


def sums_instead_of_averages(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The new squares have no factor 1 - rho.

    Do the two weights of an average add up to 1?
    """
    square = rho * state.square + grad**2
    step = np.sqrt(state.step_square + epsilon) / np.sqrt(square + epsilon) * grad
    step_square = rho * state.step_square + step**2
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)


def average_of_the_step_before(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The step uses the average of the squared gradients without its own.

    Which comes first: averaging the gradient, or using the average?
    """
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(state.step_square + epsilon) / np.sqrt(state.square + epsilon) * grad
    step_square = rho * state.step_square + (1 - rho) * step**2
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)


def steps_not_averaged(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The average of the steps is never updated, so that it stays 0.

    How many things does the state remember?
    """
    square = rho * state.square + (1 - rho) * grad**2
    step = np.sqrt(epsilon) / np.sqrt(square + epsilon) * grad
    return param - learning_rate * step, state._replace(square=square)


def gradients_not_averaged(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """The average of the squared gradients starts anew in every step.

    How many things does the state remember?
    """
    forgetful = state._replace(square=0 * state.square)
    return _step(grad, forgetful, param, learning_rate, rho, epsilon)


def epsilon_outside(grad, state, param, *, learning_rate=1.0, rho=0.95, epsilon=1e-6):
    """Epsilon is added to the roots; in Adadelta it stands inside them.

    How long is the first step in either form?
    """
    return _step(
        grad,
        state,
        param,
        learning_rate,
        rho,
        epsilon,
        above=lambda s: np.sqrt(s) + epsilon,
        below=lambda s: np.sqrt(s) + epsilon,
    )


def _step(grad, state, param, learning_rate, rho, epsilon, above=None, below=None):
    def root(s):
        return np.sqrt(s + epsilon)

    square = rho * state.square + (1 - rho) * grad**2
    step = (above or root)(state.step_square) / (below or root)(square) * grad
    step_square = rho * state.step_square + (1 - rho) * step**2
    return param - learning_rate * step, state._replace(square=square, step_square=step_square)
