"""Right ways to fit a line in closed form."""

import numpy as np


def column_of_ones(x, y):
    solution = np.linalg.lstsq(np.c_[x, np.ones(len(x))], y, rcond=None)[0]
    return solution[:-1], solution[-1]


def normal_equations(x, y):
    wider = np.c_[np.ones(len(x)), x]
    solution = np.linalg.inv(wider.T @ wider) @ wider.T @ y
    return solution[1:], solution[0]


def pseudoinverse(x, y):
    centre = x.mean(axis=0)
    weight = np.linalg.pinv(x - centre) @ (y - y.mean())
    return weight, y.mean() - centre @ weight
