import numpy as np


def surface(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def surface_gradient(x, y):
    a = 1.5 - x + x * y
    b = 2.25 - x + x * y**2
    c = 2.625 - x + x * y**3
    dx = 2 * a * (-1 + y) + 2 * b * (-1 + y**2) + 2 * c * (-1 + y**3)
    dy = 2 * a * x + 2 * b * x * 2 * y + 2 * c * x * 3 * y**2
    return dx, dy


def momentum_path(start, grads, learning_rate, momentum):
    w = start.copy()
    v = np.zeros_like(w)
    path = []
    for g in grads:
        v = momentum * v - g
        w = w + learning_rate * v
        path.append(w)
    return np.array(path)


def momentum_in_three_forms(start, grads, rates, momentum, velocity):
    w = start
    v = 0 * start
    path = []
    for g, rate in zip(grads, rates, strict=True):
        if velocity == "outside":
            v = momentum * v - g
            w = w + rate * v
        if velocity == "inside":
            v = momentum * v - rate * g
            w = w + v
        if velocity == "average":
            v = momentum * v + (1 - momentum) * g
            w = w - rate * v
        path.append(w)
    return np.array(path)


def nesterov_path(start, grads, learning_rate, momentum):
    s = start
    v = 0 * start
    path = []
    for g in grads:
        v = momentum * v - learning_rate * g
        s = s + momentum * v - learning_rate * g
        path.append(s)
    return np.array(path)


def surface_path(start, learning_rate, momentum, nesterov, steps):
    w = np.array(start)
    v = np.zeros(2)
    path = [w]
    for _ in range(steps):
        point = w + momentum * v if nesterov else w
        g = np.array(surface_gradient(point[0], point[1]))
        v = momentum * v - learning_rate * g
        w = w + v
        path.append(w)
    return np.array(path)


def adagrad_path(start, grads, learning_rate, epsilon):
    w = start
    total = np.zeros_like(w)
    path = []
    for g in grads:
        total = total + g**2
        w = w - learning_rate * g / (np.sqrt(total) + epsilon)
        path.append(w)
    return np.array(path)


def rmsprop_path(start, grads, learning_rate, rho, epsilon, momentum):
    w = start
    s = v = np.zeros_like(w)
    path = []
    for g in grads:
        s = rho * s + (1 - rho) * g**2
        v = momentum * v - g / (np.sqrt(s) + epsilon)
        w = w + learning_rate * v
        path.append(w)
    return np.array(path)


def adadelta_path(start, grads, learning_rate, rho, epsilon):
    w = start
    s = e = np.zeros_like(w)
    path = []
    for g in grads:
        s = rho * s + (1 - rho) * g**2
        d = np.sqrt(e + epsilon) / np.sqrt(s + epsilon) * g
        e = rho * e + (1 - rho) * d**2
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


def adam_path(start, grads, learning_rate, beta1, beta2, epsilon):
    w = start
    m = s = np.zeros_like(w)
    path = []
    for t, g in enumerate(grads, 1):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        s_hat = s / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(s_hat) + epsilon)
        path.append(w)
    return np.array(path)


def adamax_path(start, grads, learning_rate, beta1, beta2, epsilon):
    w = start
    m = u = np.zeros_like(w)
    path = []
    for t, g in enumerate(grads, 1):
        m = beta1 * m + (1 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g) + epsilon)
        w = w - learning_rate / (1 - beta1**t) * m / u
        path.append(w)
    return np.array(path)


def rprop_path(start, grads, learning_rate, grow, shrink, smallest, largest):
    w = start
    size = np.full(w.shape, learning_rate)
    before = np.zeros_like(w)
    path = []
    for g in grads:
        size = np.where(g * before > 0, size * grow, size)
        size = np.where(g * before < 0, size * shrink, size)
        size = np.clip(size, smallest, largest)
        g = np.where(g * before < 0, 0, g)
        w = w - size * np.sign(g)
        before = g
        path.append(w)
    return np.array(path)


def quickprop_path(start, grads, learning_rate, longest):
    path = []
    w = start.astype(float)
    d = np.zeros(w.shape)
    before = np.zeros(w.shape)
    for g in grads:
        new = np.zeros(w.shape)
        for i in np.ndindex(w.shape):
            if d[i] == 0:
                new[i] = -learning_rate * g[i]
            elif d[i] * g[i] >= 0:
                new[i] = d[i] * g[i] / (before[i] - g[i]) if g[i] != 0 else 0
            elif abs(g[i]) > longest / (1 + longest) * abs(before[i]):
                new[i] = longest * d[i] - learning_rate * g[i]
            else:
                new[i] = d[i] * g[i] / (before[i] - g[i]) - learning_rate * g[i]
        d, before = new, g
        w = w + d
        path.append(w)
    return np.array(path)


def marquardt_step(param, residuals, jacobian, damping):
    matrix = jacobian.T @ jacobian + damping * np.eye(len(param))
    return param - np.linalg.solve(matrix, jacobian.T @ residuals)
