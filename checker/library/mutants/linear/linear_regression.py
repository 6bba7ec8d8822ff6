"""Mutants of linear regression in closed form."""

import numpy as np

from reference.linear.linear_regression import run


def through_the_origin(x, y):
    """There is no bias: the line is forced through the origin.

    What does your line answer to an input of zeros?
    """
    return _solved(x, y), 0.0


def bias_fitted_afterwards(x, y):
    """The weights are fitted without a bias, and the bias to what they leave over.

    Weights and bias have to be best together. What do you subtract before solving?
    """
    weight = _solved(x, y)
    return weight, y.mean() - x.mean(axis=0) @ weight


def mean_as_bias(x, y):
    """The bias is the mean of the targets; that is the height at the mean input, not at 0.

    Where along the line are you at the mean of the inputs?
    """
    return run(x, y)[0], y.mean()


def bias_sign_flipped(x, y):
    """The sign of the bias is wrong.

    At the mean input the line is at the mean target. What is left for the bias?
    """
    weight, bias = run(x, y)
    return weight, -bias


def each_input_alone(x, y):
    """Each weight is fitted alone, as if there were no other input.

    If two inputs rise together, to which of them does the rise of y belong?
    """
    xc, yc = x - x.mean(axis=0), y - y.mean()
    weight = xc.T @ yc / (xc**2).sum(axis=0)
    return weight, y.mean() - x.mean(axis=0) @ weight


def not_inverted(x, y):
    """The right side of the normal equations is taken for their solution.

    With which matrix is w multiplied in the normal equations?
    """
    xc = x - x.mean(axis=0)
    weight = xc.T @ (y - y.mean())
    return weight, y.mean() - x.mean(axis=0) @ weight


def multiplied_instead_of_solved(x, y):
    """The matrix of the normal equations is multiplied with, where they have to be solved.

    A w = c. How do you get w out of it?
    """
    xc = x - x.mean(axis=0)
    weight = xc.T @ xc @ (xc.T @ (y - y.mean()))
    return weight, y.mean() - x.mean(axis=0) @ weight


def identity_added(x, y):
    """The identity is added to the matrix, which draws the weights towards 0.

    Is there a penalty on large weights in this task?
    """
    xc = x - x.mean(axis=0)
    weight = np.linalg.solve(xc.T @ xc + np.eye(x.shape[1]), xc.T @ (y - y.mean()))
    return weight, y.mean() - x.mean(axis=0) @ weight


def bias_among_the_weights(x, y):
    """The bias stands among the weights, and once more beside them.

    How many weights are there for d inputs?
    """
    weight, bias = run(x, y)
    return np.append(weight, bias), bias


def predictions_instead(x, y):
    """These are the predictions; asked are the weights.

    How many weights are there for d inputs?
    """
    weight, bias = run(x, y)
    return x @ weight + bias, bias


def _solved(x, y):
    return np.linalg.lstsq(x, y, rcond=None)[0]
