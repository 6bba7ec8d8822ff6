"""Mutants of gradient descent on a bowl."""

import numpy as np


def climbs(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The path goes uphill: the gradient is added.

    In which direction does the gradient point, and where do you want to go?
    """
    return _path(start, lambda w: w + learning_rate * _slope(w, matrix, target), steps)


def start_left_out(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The start is missing from the path: its first row is where the first step leads.

    How many points does a path of three steps have?
    """
    return _right(start, matrix, target, learning_rate, steps)[1:]


def last_step_left_out(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The last step is missing: the start is counted as one of the steps.

    How many points does a path of three steps have?
    """
    return _right(start, matrix, target, learning_rate, steps)[:-1]


def only_the_end(start, matrix, target, *, learning_rate=0.1, steps=100):
    """Only the last point is returned; the path is every point on the way.

    What has to be remembered before the parameter gets its new value?
    """
    return _right(start, matrix, target, learning_rate, steps)[-1]


def every_row_is_the_end(start, matrix, target, *, learning_rate=0.1, steps=100):
    """Every row holds the last point: one array was appended again and again while it changed.

    What does `-=` do to an array that a list already holds?
    """
    point = np.array(start, dtype=float)
    path = [point]
    for _ in range(steps):
        point -= learning_rate * _slope(point, matrix, target)
        path.append(point)
    return np.stack(path)


def slope_of_the_start(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The gradient is worked out once, at the start, and used for every step.

    Is the slope the same everywhere on the path?
    """
    once = _slope(start, matrix, target)
    return _path(start, lambda w: w - learning_rate * once, steps)


def one_weight_after_another(start, matrix, target, *, learning_rate=0.1, steps=100):
    """Each weight moves by a gradient that already sees the weights before it moved.

    At which point do all the partial derivatives of one step have to be taken?
    """

    def step(w):
        w = np.array(w, dtype=float)
        for i in range(len(w)):
            w[i] -= learning_rate * _slope(w, matrix, target)[i]
        return w

    return _path(start, step, steps)


def gradient_doubled(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The gradient is twice as large as that of this loss, which has a 1/2 in front.

    What is the derivative of u^2 / 2?
    """
    return _path(start, lambda w: w - 2 * learning_rate * _slope(w, matrix, target), steps)


def gradient_averaged(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The gradient is divided by the number of rows of A; this loss is a sum.

    Is there a 1/n in the formula of the loss?
    """
    return _path(
        start, lambda w: w - learning_rate * _slope(w, matrix, target) / len(target), steps
    )


def not_transposed(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The error is multiplied by A instead of by its transpose.

    Which shape do you get from A times the error when A is not square?
    """
    return _path(start, lambda w: w - learning_rate * matrix @ (matrix @ w - target), steps)


def target_forgotten(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The target b is not in the gradient: the path goes to 0.

    Where is |A w - b|^2 smallest?
    """
    return _path(start, lambda w: w - learning_rate * matrix.T @ (matrix @ w), steps)


def steps_of_one_length(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The gradient is divided by its length, so that every step is equally long.

    Should the steps get shorter where the bowl gets flat?
    """

    def step(w):
        slope = _slope(w, matrix, target)
        return w - learning_rate * slope / (np.linalg.norm(slope) + 1e-12)

    return _path(start, step, steps)


def changes_the_start(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The steps are taken in the array that was passed in, which others may still use.

    Who else holds the array that you subtract from?
    """
    path = _right(start, matrix, target, learning_rate, steps)
    start[...] = path[-1]
    return path


def _slope(w, matrix, target):
    return matrix.T @ (matrix @ w - target)


def _path(start, step, steps):
    path = [start]
    for _ in range(steps):
        path.append(step(path[-1]))
    return np.stack(path)


def _right(start, matrix, target, learning_rate, steps):
    return _path(start, lambda w: w - learning_rate * _slope(w, matrix, target), steps)
