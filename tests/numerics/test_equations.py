"""Two sides agree within their bound, or the equation says that they do not."""

import numpy as np
import pytest

from checker.numerics.equations import Equation


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([1.0, 2.0], [1.0, 2.0 + 1e-9]),
        ([np.nan], [1.0]),
        ([1.0], [np.nan]),
        ([np.inf], [-np.inf]),
        ([np.inf], [1.0]),
        ([[1.0]], [1.0]),
    ],
)
def test_an_equation_that_does_not_hold_is_over_its_bound(left, right):
    assert Equation("", np.array(left), np.array(right), np.array(1e-12)).ratio > 1


def test_equal_infinities_and_nans_agree():
    both = np.array([np.inf, np.nan, -np.inf])
    assert Equation("", both, both, np.array(0.0)).ratio == 0
