"""Mutants of the settings of a grid search."""

import numpy as np

from checker.library.marks import convention


def _grid(rates, units):
    return np.array([[rate, count] for rate in rates for count in units])


def pairs_instead_of_products(rates, units):
    """The values are paired off, first with first: only the diagonal of the grid is there.

    How many settings do 3 rates and 3 numbers of units make?
    """
    return np.array([list(pair) for pair in zip(rates, units, strict=False)])


def pairs_in_turn(rates, units):
    """The values are paired off in turn: each value is there, but not each pair of values.

    How many settings do 3 rates and 3 numbers of units make?
    """
    longest = max(len(rates), len(units))
    return np.array([[rates[i % len(rates)], units[i % len(units)]] for i in range(longest)])


def one_at_a_time(rates, units):
    """One value varies while the other stays at its first: most of the grid is missing.

    When is the second rate tried with the second number of units?
    """
    row = [[rates[0], count] for count in units]
    return np.array(row + [[rate, units[0]] for rate in rates[1:]])


def columns_swapped(rates, units):
    """The two columns have changed places.

    Which column holds the rates?
    """
    return _grid(rates, units)[:, ::-1]


def left_as_two_tables(rates, units):
    """The values are returned as two tables; a search wants a row for each setting.

    What does one training need to know?
    """
    return np.array(np.meshgrid(rates, units, indexing="ij"))


def flat_list(rates, units):
    """All values are in one long row; each setting has a row of its own.

    How many columns has a list of pairs?
    """
    return _grid(rates, units).ravel()


def joined_lists(rates, units):
    """The two lists are joined and not combined.

    Is the number of settings the sum of the lengths, or their product?
    """
    return np.concatenate([rates, units])


@convention
def first_changes_fastest(rates, units):
    """The rates change fastest: all settings are there, in another order than the text's.

    Which loop is the inner one?
    """
    return np.array([[rate, count] for count in units for rate in rates])
