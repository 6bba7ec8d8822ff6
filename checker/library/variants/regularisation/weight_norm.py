"""Right ways to normalise weights, and the gradients of it."""

import numpy as np


def unit_by_unit(v, g, *, dim=0):
    w = np.array(v, dtype=float)
    for unit, length in zip(w.swapaxes(0, dim), g, strict=True):
        unit *= length / np.sqrt((unit**2).sum())
    return w


def in_rows(v, g, *, dim=0):
    moved = v.swapaxes(0, dim)
    rows = moved.reshape(len(g), -1)
    rows = rows * (g / np.linalg.norm(rows, axis=1))[:, None]
    return rows.reshape(moved.shape).swapaxes(0, dim)


def units_last(v, g, *, dim=0):
    moved = np.moveaxis(v, dim, -1)
    squares = (moved * moved).reshape(-1, len(g)).sum(axis=0)
    return np.moveaxis(moved / np.sqrt(squares) * g, -1, dim)


def by_a_diagonal_matrix(v, g, *, dim=0):
    moved = np.moveaxis(v, dim, 0)
    rows = moved.reshape(len(g), -1)
    diagonal = np.diag(g / np.sqrt(np.einsum("ki,ki->k", rows, rows)))
    return np.moveaxis((diagonal @ rows).reshape(moved.shape), 0, dim)


def gradients_of_the_paper(grad, v, g, *, dim=0):
    axes = tuple(axis for axis in range(v.ndim) if axis != dim)
    shape = [len(g) if axis == dim else 1 for axis in range(v.ndim)]
    length = np.sqrt((v * v).sum(axis=axes, keepdims=True))
    dg = (grad * v / length).sum(axis=axes)
    g, along = g.reshape(shape), dg.reshape(shape)
    return g / length * grad - g * along / length**2 * v, dg


def gradients_unit_by_unit(grad, v, g, *, dim=0):
    dv, dg = np.zeros(v.shape), np.zeros(len(g))
    for k in range(len(g)):
        at = (slice(None),) * dim + (k,)
        vector, up = v[at].ravel(), grad[at].ravel()
        length = np.sqrt(vector @ vector)
        unit = vector / length
        dg[k] = up @ unit
        turned = up - (np.outer(unit, unit) @ up)
        dv[at] = (g[k] / length * turned).reshape(v[at].shape)
    return dv, dg
