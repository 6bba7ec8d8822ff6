"""What single precision loses is within the error bound that an array carries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from checker.numerics.error_bounds import ErrorBounded

FLOATS = hnp.arrays(
    np.float32,
    st.integers(1, 8),
    elements=st.floats(-100, 100, width=32).filter(lambda x: x == 0 or abs(x) > 1e-3),
)


@given(FLOATS)
@pytest.mark.parametrize(
    "function",
    [
        lambda x: (x * x + 3) / (1 + x * x),
        lambda x: np.exp(-x * x) - np.tanh(x) * x,
        lambda x: (x - x.mean()) ** 2,
        lambda x: np.sqrt(x * x).sum() - np.log(1 + x * x).max(),
        lambda x: np.where(x > 0, x, -x) @ np.maximum(x, 0.5),
        lambda x: np.maximum(x / 3, x * (1 / 3)) - np.minimum(x, x / 3 * 3),
        lambda x: np.sqrt((x - x.mean()) ** 2),
        lambda x: 2 ** (x / 50),
    ],
)
def test_what_float32_loses_is_within_the_error_bound(function, x):
    lost = np.abs(np.asarray(function(x), dtype=float) - function(x.astype(float)))
    # float64's own error stands beside float32's, 2^-29 of it.
    assert np.all(lost <= 2.0**-24 * 1.001 * function(ErrorBounded(x)).error)
