"""Mutants of a step of Levenberg and Marquardt."""

import numpy as np

from checker.library.marks import convention


def climbs(param, residuals, jacobian, *, damping=0.001):
    """The step is added: it leads away from the minimum.

    What is the sign of J^T r as a gradient, and in which direction does it point?
    """
    return 2 * param - _right(param, residuals, jacobian, damping)


def damping_in_every_entry(param, residuals, jacobian, *, damping=0.001):
    """The damping is added to every entry of J^T J, not to its diagonal alone.

    What does `matrix + number` do in numpy?
    """
    return param - _solve(jacobian.T @ jacobian + damping, jacobian.T @ residuals)


def residuals_without_the_transpose(param, residuals, jacobian, *, damping=0.001):
    """The residuals are not multiplied by J^T, but summed up.

    How is the gradient of half the sum of squares made of J and r?
    """
    gradient = jacobian.sum(axis=0) * residuals.sum()
    return param - _solve(_held(jacobian, damping), gradient)


def wrong_way_round(param, residuals, jacobian, *, damping=0.001):
    """The matrix is J J^T; it must be J^T J.

    Has the matrix one row for each residual, or for each weight?
    """
    held = jacobian @ jacobian.T + damping * np.eye(len(residuals))
    return param - _solve(held, jacobian.T @ residuals)


def damping_forgotten(param, residuals, jacobian, *, damping=0.001):
    """The damping is not used: this is the step of Gauss and Newton.

    What happens where there are fewer residuals than weights?
    """
    return param - np.linalg.pinv(jacobian) @ residuals


def damping_subtracted(param, residuals, jacobian, *, damping=0.001):
    """The damping is subtracted from the diagonal.

    Should more damping make the step longer or shorter?
    """
    return param - _solve(_held(jacobian, -damping), jacobian.T @ residuals)


def damping_squared(param, residuals, jacobian, *, damping=0.001):
    """The square of the damping is added.

    Does the damping of the formula have a power?
    """
    return param - _solve(_held(jacobian, damping**2), jacobian.T @ residuals)


def gradient_step(param, residuals, jacobian, *, damping=0.001):
    """The gradient is only divided by the damping: J^T J is missing.

    What is left of J^T J + damping I if you leave out the damping?
    """
    return param - jacobian.T @ residuals / damping


def not_solved(param, residuals, jacobian, *, damping=0.001):
    """The gradient is multiplied by the matrix instead of by its inverse.

    For which d do you solve (J^T J + damping I) d = J^T r?
    """
    return param - _held(jacobian, damping) @ (jacobian.T @ residuals)


def gradient_doubled(param, residuals, jacobian, *, damping=0.001):
    """The gradient is twice as large as that of half the sum of squares.

    What is the derivative of r^2 / 2?
    """
    return param - 2 * _solve(_held(jacobian, damping), jacobian.T @ residuals)


def only_the_step(param, residuals, jacobian, *, damping=0.001):
    """This is the step, not the parameter after it.

    Where does the parameter start from?
    """
    return _right(param, residuals, jacobian, damping) - param


@convention
def diagonal_damping(param, residuals, jacobian, *, damping=0.001):
    """The damping multiplies the diagonal of J^T J, as Marquardt does; here it multiplies I.

    What is the damping to be multiplied with?
    """
    hessian = jacobian.T @ jacobian
    held = hessian + damping * np.diag(np.diag(hessian))
    return param - _solve(held, jacobian.T @ residuals)


def _held(jacobian, damping):
    return jacobian.T @ jacobian + damping * np.eye(jacobian.shape[1])


def _solve(matrix, right):
    return np.linalg.solve(matrix, right)


def _right(param, residuals, jacobian, damping):
    return param - _solve(_held(jacobian, damping), jacobian.T @ residuals)
