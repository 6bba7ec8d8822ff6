"""Right ways to walk down the toy surface with momentum."""

import numpy as np


def _slope(x, y):
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return (
        2 * a * (y - 1) + 2 * b * (y**2 - 1) + 2 * c * (y**3 - 1),
        2 * a * x + 4 * b * x * y + 6 * c * x * y**2,
    )


def from_two_positions(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    """The velocity is the difference of the last two points."""
    path = [start, start]
    for _ in range(steps):
        here, ahead = path[-1], path[-1] + momentum * (path[-1] - path[-2])
        path.append(ahead - learning_rate * np.array(_slope(*(ahead if nesterov else here))))
    return np.array(path[1:])


def one_number_at_a_time(start, *, learning_rate=0.005, momentum=0.9, nesterov=False, steps=100):
    (x, y), u, v = (float(w) for w in start), 0.0, 0.0
    path = [(x, y)]
    for _ in range(steps):
        u, v = momentum * u, momentum * v
        dx, dy = _slope(x + u, y + v) if nesterov else _slope(x, y)
        u, v = u - learning_rate * dx, v - learning_rate * dy
        x, y = x + u, y + v
        path.append((x, y))
    return np.array(path)
