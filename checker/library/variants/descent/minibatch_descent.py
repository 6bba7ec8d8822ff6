"""Right ways to write mini-batch gradient descent."""

import numpy as np


def shuffled_first(x, target, start, orders, *, learning_rate=0.1, size=32):
    w, ends = start.copy(), np.zeros((len(orders), len(start)))
    for epoch, order in enumerate(orders):
        rows, wanted = x[order], target[order]
        for k in range(0, len(order), size):
            part, goal = rows[k : k + size], wanted[k : k + size]
            w -= learning_rate * (part * (part @ w - goal)[:, None]).mean(axis=0)
        ends[epoch] = w
    return ends


def example_by_example(x, target, start, orders, *, learning_rate=0.1, size=32):
    w, ends = start, []
    for order in orders:
        for batch in np.split(order, range(size, len(order), size)):
            slope = sum((x[i] @ w - target[i]) * x[i] for i in batch)
            w = w - learning_rate / len(batch) * slope
        ends.append(w)
    return np.array(ends)
