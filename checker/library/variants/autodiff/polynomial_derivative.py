"""Right ways to differentiate a polynomial."""

import numpy as np


def by_numpy(coefficients):
    return np.polynomial.polynomial.polyder(coefficients)


def term_by_term(coefficients):
    return [power * c for power, c in enumerate(coefficients)][1:] or [0.0]
