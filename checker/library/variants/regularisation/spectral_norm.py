"""Right ways to divide a weight by its largest singular value, and the gradient of it."""

import numpy as np


def _matrix(weight, dim):
    order = [dim, *(axis for axis in range(weight.ndim) if axis != dim)]
    return weight.transpose(order).reshape(weight.shape[dim], -1)


def _normal(vector, epsilon):
    return vector / max(np.linalg.norm(vector), epsilon)


def _found(matrix, u, v, iterations, epsilon, first):
    for _ in range(iterations):
        for which in ("uv", "vu")[first == "v"]:
            if which == "u":
                u = _normal(matrix.dot(v), epsilon)
            else:
                v = _normal(u.dot(matrix), epsilon)
    return u, v


def in_turn(weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix = _matrix(weight, dim)
    u, v = _found(matrix, u, v, iterations, epsilon, first)
    return weight / np.einsum("k,ki,i->", u, matrix, v), np.array(u), np.array(v)


def transposed(weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix = _matrix(weight, dim).T
    v, u = _found(matrix, v, u, iterations, epsilon, "v" if first == "u" else "u")
    return weight / (matrix * np.outer(v, u)).sum(), np.array(u), np.array(v)


def as_columns(weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix, a, b = _matrix(weight, dim), u[:, None], v[:, None]
    for step in range(2 * iterations):
        if (step % 2 == 0) == (first == "u"):
            a = matrix @ b
            a = a / max(float(np.sqrt((a * a).sum())), epsilon)
        else:
            b = matrix.T @ a
            b = b / max(float(np.sqrt((b * b).sum())), epsilon)
    sigma = (a.T @ matrix @ b).item()
    return np.divide(weight, sigma), a.ravel(), b.ravel()


def by_lists(weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix = _matrix(weight, dim)
    columns = matrix.T
    for _ in range(iterations):
        if first == "v":
            v = _normal(np.array([sum(column * u) for column in columns]), epsilon)
        u = _normal(np.array([sum(row * v) for row in matrix]), epsilon)
        if first == "u":
            v = _normal(np.array([sum(column * u) for column in columns]), epsilon)
    sigma = np.float64(sum(a * sum(row * v) for a, row in zip(u, matrix, strict=True)))
    return weight / sigma, np.array(u), np.array(v)


def by_two_products(grad, weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix = _matrix(weight, dim)
    u, v = _found(matrix, u, v, iterations, epsilon, first)
    sigma = u @ matrix @ v
    outer = np.moveaxis(np.outer(u, v).reshape(np.moveaxis(weight, dim, 0).shape), 0, dim)
    return (grad / sigma - (grad * weight).sum() / sigma**2 * outer,)


def by_a_tape(grad, weight, u, v, *, iterations=1, epsilon=1e-12, dim=0, first="u"):
    matrix = _matrix(weight, dim)
    u, v = _found(matrix, u, v, iterations, epsilon, first)
    sigma = u @ (matrix @ v)
    dweight = grad / sigma
    dsigma = -(grad * (weight / sigma)).sum() / sigma
    drows = dsigma * u[:, None] * v
    return (dweight + np.moveaxis(drows.reshape(np.moveaxis(weight, dim, 0).shape), 0, dim),)
