"""Right ways to write a step of Levenberg and Marquardt."""

import numpy as np


def as_least_squares(param, residuals, jacobian, *, damping=0.001):
    """The damping as residuals of its own."""
    tall = np.vstack([jacobian, np.sqrt(damping) * np.eye(len(param))])
    wanted = np.concatenate([-residuals, np.zeros(len(param))])
    return param + np.linalg.lstsq(tall, wanted, rcond=None)[0]


def explicit_inverse(param, residuals, jacobian, *, damping=0.001):
    held = jacobian.T @ jacobian + damping * np.eye(len(param))
    return param - np.linalg.inv(held) @ (jacobian.T @ residuals)


def in_the_space_of_residuals(param, residuals, jacobian, *, damping=0.001):
    """(J^T J + damping I)^-1 J^T is J^T (J J^T + damping I)^-1."""
    held = jacobian @ jacobian.T + damping * np.eye(len(residuals))
    return param - jacobian.T @ np.linalg.solve(held, residuals)
