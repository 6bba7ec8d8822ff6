"""Right ways to write gradient descent on a bowl."""

import numpy as np


def in_a_table(start, matrix, target, *, learning_rate=0.1, steps=100):
    path = np.empty((steps + 1, len(start)))
    path[0] = start
    for t in range(steps):
        path[t + 1] = path[t] - learning_rate * (matrix.T @ (matrix @ path[t] - target))
    return path


def normal_equations(start, matrix, target, *, learning_rate=0.1, steps=100):
    """The gradient is linear in w."""
    curvature, right = matrix.T @ matrix, matrix.T @ target
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * (curvature @ path[-1] - right))
    return np.array(path)


def row_by_row(start, matrix, target, *, learning_rate=0.1, steps=100):
    w = [float(v) for v in start]
    path = [w]
    for _ in range(steps):
        slope = [0.0] * len(w)
        for row, t in zip(matrix.tolist(), target.tolist(), strict=True):
            gap = sum(a * v for a, v in zip(row, w, strict=True)) - t
            slope = [s + a * gap for s, a in zip(slope, row, strict=True)]
        w = [v - learning_rate * s for v, s in zip(w, slope, strict=True)]
        path.append(w)
    return np.array(path)


def on_a_copy(start, matrix, target, *, learning_rate=0.1, steps=100):
    w = start.copy()
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * np.dot(matrix.T, np.dot(matrix, w) - target)
        path.append(w.copy())
    return np.array(path)
