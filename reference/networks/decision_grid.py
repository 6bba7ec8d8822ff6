"""Grid of points at which a network is evaluated to draw its decision boundary.

    points a + (b - a) i / (m - 1) along each axis,  i = 0 ... m - 1
    row by row: the first coordinate changes fastest

The picture shows the answer at every point as a colour, in m rows of m points. matplotlib's contour
expects the values in this order after a reshape to (m, m). The result has shape (m^2, 2). The
number of points must be at least 2; with 1 the result is nan.

    >>> run(np.array([0.0, 10.0]), np.array([1.0, 20.0]), points=2).tolist()
    [[0.0, 10.0], [1.0, 10.0], [0.0, 20.0], [1.0, 20.0]]

Source: lecture 000; Vanschoren (001), decision boundaries.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.spec import Procedure, Range, Real, Try


def run(
    low: Shaped[Real, "2"],
    high: Shaped[Real, "2"],
    *,
    points: Shaped[int, Try((2, 3, 5)), Range(2, 20)] = 50,
) -> Shaped[Real, "p 2"]:
    steps = (np.arange(points) / (points - 1)).astype(np.result_type(low, 0.0))
    across, up = (low[k] * (1 - steps) + high[k] * steps for k in range(2))
    return np.stack([np.tile(across, points), np.reshape(np.tile(up, (points, 1)).T, (-1,))]).T


def corners(f, low, high, points):
    """The first point is the corner `low` and the last point is the corner `high`."""
    found = f(low, high, points=points)
    return (found[0], found[-1]), (low, high)


def a_row_at_a_time(f, low, high, points):
    """The points of the first row have the same second coordinate."""
    return f(low, high, points=points)[:points, 1], low[1] + np.zeros(points)


def moved_along(f, low, high, points):
    """Adding 8 to both corners adds 8 to every point."""
    size = abs(low) + abs(high) + 8  # the shares of the corners are rounded
    return f(low + 8, high + 8, points=points), f(low, high, points=points) + 8, size


def _torch(torch, low, high, points):
    steps = torch.arange(points, dtype=low.dtype) / (points - 1)
    across, up = (low[k] * (1 - steps) + high[k] * steps for k in range(2))
    rows, columns = torch.meshgrid(up, across, indexing="ij")
    return torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1)


SPEC = Procedure(
    run=run,
    torch=_torch,
    properties=(corners, a_row_at_a_time, moved_along),
)
