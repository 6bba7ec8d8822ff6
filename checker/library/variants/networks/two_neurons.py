"""Right ways to write the two neurons."""

import math


def with_math(x, w1, b1, w2, b2):
    z1 = x * w1 + b1
    a1 = 1 / (1 + math.exp(-z1))
    z2 = a1 * w2 + b2
    return z1, a1, z2, 1 / (1 + math.exp(-z2))


def path_by_path(grad, x, w1, b1, w2, b2):
    dz1, da1, dz2, da2 = grad
    _, a1, _, a2 = with_math(x, w1, b1, w2, b2)
    at_z2 = dz2 + da2 * a2 * (1 - a2)
    at_z1 = dz1 + (da1 + at_z2 * w2) * a1 * (1 - a1)
    return at_z1 * x, at_z1, at_z2 * a1, at_z2
