"""Mutants of the points of a picture."""

import numpy as np


def _grid(low, high, points):
    across = np.linspace(low[0], high[0], points)
    up = np.linspace(low[1], high[1], points)
    return np.meshgrid(across, up)


def columns_first(low, high, *, points=50):
    """The second coordinate changes fastest; it is the first that should.

    Which coordinate do the first two points differ in?
    """
    a, b = _grid(low, high, points)
    return np.column_stack([a.T.ravel(), b.T.ravel()])


def diagonal_only(low, high, *, points=50):
    """Only the points on the diagonal are there.

    How many points has a picture of 3 by 3?
    """
    return np.column_stack(
        [np.linspace(low[0], high[0], points), np.linspace(low[1], high[1], points)]
    )


def coordinates_swapped(low, high, *, points=50):
    """The two coordinates of each point have changed places.

    Which column is x?
    """
    a, b = _grid(low, high, points)
    return np.column_stack([b.ravel(), a.ravel()])


def end_left_out(low, high, *, points=50):
    """The upper bound is not reached: the steps are too small by one part.

    How many gaps are there between 3 points?
    """
    steps = np.arange(points) / points
    a, b = np.meshgrid(low[0] + (high[0] - low[0]) * steps, low[1] + (high[1] - low[1]) * steps)
    return np.column_stack([a.ravel(), b.ravel()])


def one_window_for_both(low, high, *, points=50):
    """Both axes use the bounds of the first one.

    Is the picture a square?
    """
    across = np.linspace(low[0], high[0], points)
    a, b = np.meshgrid(across, across)
    return np.column_stack([a.ravel(), b.ravel()])


def left_as_two_tables(low, high, *, points=50):
    """The coordinates are returned as two tables; a network wants a row for each point.

    What shape has a batch of 9 examples with 2 features?
    """
    return np.stack(_grid(low, high, points))


def top_row_first(low, high, *, points=50):
    """It begins with the upper row; the text begins with the lower one.

    Which corner is the first point?
    """
    a, b = _grid(low, high, points)
    return np.column_stack([a[::-1].ravel(), b[::-1].ravel()])
