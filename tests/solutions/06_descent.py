import numpy as np


def descent_step(param, grad, learning_rate):
    return param - learning_rate * grad


def bowl_path(start, matrix, target, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        w = path[-1]
        path.append(w - learning_rate * matrix.T @ (matrix @ w - target))
    return np.array(path)


def hill_path(start, noise, matrix, spread):
    here, height = start, np.abs(matrix @ start).sum()
    path = [here]
    for row in noise:
        new = here + spread * row
        new_height = np.abs(matrix @ new).sum()
        if new_height < height:
            here, height = new, new_height
        path.append(here)
    return np.array(path)


def new_orders(epochs, examples, seed):
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(examples) for _ in range(epochs)])


def batches(order, size):
    return [order[i : i + size] for i in range(0, len(order), size)]


def train(x, target, start, orders, learning_rate, size):
    w = start
    result = []
    for order in orders:
        for batch in batches(order, size):
            error = x[batch] @ w - target[batch]
            w = w - learning_rate * x[batch].T @ error / len(batch)
        result.append(w)
    return np.array(result)


def epochs_until_rest(losses, tolerance):
    for t in range(1, len(losses)):
        if abs(losses[t] - losses[t - 1]) < tolerance:
            return t + 1
    return len(losses)


def epochs_in_time(durations, most, seconds):
    epochs = 0
    passed = 0
    for duration in durations:
        if epochs >= most or passed >= seconds:
            break
        passed += duration
        epochs += 1
    return epochs
