"""Right ways to write down a grid."""

from itertools import product

import numpy as np


def with_itertools(rates, units):
    return list(product(rates, units))


def in_nested_loops(rates, units):
    grid = []
    for rate in rates:
        for count in units:
            grid.append((rate, count))
    return np.array(grid)


def with_repeat_and_tile(rates, units):
    return np.column_stack([np.repeat(rates, len(units)), np.tile(units, len(rates))])


def with_meshgrid(rates, units):
    return np.stack(np.meshgrid(rates, units, indexing="ij"), axis=-1).reshape(-1, 2)
