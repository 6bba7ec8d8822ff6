"""Right ways to write the toy surface and its gradient."""

import numpy as np


def written_out(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y * y * y) ** 2


def factored(x, y):
    return sum(np.square(k - x * (1 - y**n)) for k, n in ((1.5, 1), (2.25, 2), (2.625, 3)))


def chain_rule(grad, x, y):
    dx, dy = 0.0 * x, 0.0 * y
    for k, n in ((1.5, 1), (2.25, 2), (2.625, 3)):
        above = 2 * (k - x + x * y**n) * grad
        dx = dx + above * (y**n - 1)
        dy = dy + above * n * x * y ** (n - 1)
    return dx, dy


def in_single_precision(grad, x, y):
    grad, x, y = (np.asarray(v, dtype=np.float32) for v in (grad, x, y))
    return chain_rule(grad, x, y)
