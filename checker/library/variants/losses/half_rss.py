"""Right ways to write half the residual sum of squares."""

import numpy as np


def example_by_example(prediction, target):
    rows = zip(prediction, target, strict=True)
    return sum(0.5 * ((a - b) ** 2).sum() for a, b in rows)


def half_at_the_end(prediction, target):
    return np.sum((target - prediction) ** 2) / 2


def minus_the_other_way(grad, prediction, target):
    return (-grad * (target - prediction),)


def in_its_own_buffer(grad, prediction, target):
    result = np.array(prediction)
    result -= target
    result *= grad
    return (result,)
