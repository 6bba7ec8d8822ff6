"""Right ways to write hill climbing."""

import numpy as np


def in_a_table(start, noise, matrix, *, spread=0.1):
    path = np.empty((len(noise) + 1, len(start)))
    path[0] = start
    for t, step in enumerate(noise):
        tried = path[t] + spread * step
        lower = np.abs(matrix @ tried).sum() < np.abs(matrix @ path[t]).sum()
        path[t + 1] = tried if lower else path[t]
    return path


def goes_back(start, noise, matrix, *, spread=0.1):
    """Steps first, and returns where the loss did not get lower."""
    here, best = start.copy(), np.linalg.norm(matrix @ start, 1)
    path = [start]
    for step in noise:
        before = here
        here = here + spread * step
        reached = np.linalg.norm(matrix @ here, 1)
        if reached >= best:
            here = before
        else:
            best = reached
        path.append(here)
    return np.array(path)
