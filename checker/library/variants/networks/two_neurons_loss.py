"""Right ways to write the loss of the two neurons."""

import math


def with_math(x, w1, b1, w2, b2, y):
    a1 = 1 / (1 + math.exp(-(x * w1 + b1)))
    a2 = 1 / (1 + math.exp(-(a1 * w2 + b2)))
    return 0.5 * (a2 - y) ** 2


def factor_by_factor(grad, x, w1, b1, w2, b2, y):
    a1 = 1 / (1 + math.exp(-(x * w1 + b1)))
    a2 = 1 / (1 + math.exp(-(a1 * w2 + b2)))
    error = -grad * (y - a2)
    slope1, slope2 = a1 - a1**2, a2 - a2**2
    return (
        error * slope2 * w2 * slope1 * x,
        error * slope2 * w2 * slope1,
        error * slope2 * a1,
        error * slope2,
    )
