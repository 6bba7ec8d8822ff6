"""The special functions against MPFR, at their special values, and their laws."""

import gmpy2
import numpy as np
import pytest

from checker.numerics.exact import exact
from reference import special

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

POINTS = 400  # in each range
FUNCTIONS = ("erf", "erfc", "ndtr", "log_ndtr", "log_gamma", "digamma", "trigamma")
RANGES = [  # function, from, to, units in the last place
    ("erf", -6, 6, 2),
    ("erf", -0.001, 0.001, 2),
    ("erfc", -6, 0, 2),
    ("erfc", 0, 1, 2.25),
    ("erfc", 1, 6, 2),
    ("erfc", 6, 26.5, 2),
    ("erfc", 26.5, 27.3, 2),
    ("ndtr", -38.5, -5, 4),
    ("ndtr", -5, 8, 4),
    ("log_ndtr", -1e3, -1, 4),
    ("log_ndtr", -1, 38, 8),
    ("log_gamma", 1e-3, 8, 8),
    ("log_gamma", 8, 1e4, 8),
    ("digamma", 1.8, 1e4, 8),
    ("trigamma", 1e-3, 8, 8),
    ("trigamma", 8, 1e4, 8),
    ("trigamma", -5, 0, 8),
]
ABSOLUTE = [("digamma", -4.9, -4.1), ("digamma", 0.1, 2), ("log_gamma", -4.9, -4.1)]
SPECIAL = np.array([0.0, -0.0, np.inf, -np.inf, np.nan, 1, 2, 5e-324, -1e-300, 1e300, 40, -40.5])
POLES = np.array([-1.0, -2.0, -1e17])


@pytest.mark.parametrize(("name", "low", "high", "units"), RANGES)
def test_error_is_a_few_units_in_the_last_place(name, low, high, units):
    x = np.random.default_rng(1).uniform(low, high, POINTS)
    error = errors(name, x)
    assert (error / np.spacing(np.abs(getattr(special, name)(x)))).max() <= units


@pytest.mark.parametrize(("name", "low", "high"), ABSOLUTE)
def test_error_near_a_zero_is_small_in_absolute_terms(name, low, high):
    x = np.random.default_rng(1).uniform(low, high, POINTS)
    assert (errors(name, x) / (1 + np.abs(getattr(special, name)(x)))).max() <= 4e-15


def errors(name, x):
    truth = getattr(special, name)(exact(x))
    return np.abs(exact(getattr(special, name)(x)) - truth).astype(float)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_special_values_are_those_of_torch(name, dtype):
    with np.errstate(all="ignore"):
        x = SPECIAL.astype(dtype)
    theirs = {
        "log_gamma": torch.special.gammaln,
        "trigamma": lambda t: torch.special.polygamma(1, t),
    }.get(name) or getattr(torch.special, name)
    with np.errstate(all="raise", under="ignore"):
        ours = getattr(special, name)(x)
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, theirs(torch.tensor(x)).numpy(), rtol=1e-5)


def test_poles():
    assert np.isnan(special.digamma(POLES)).all()
    assert (special.log_gamma(POLES) == np.inf).all()
    assert (special.trigamma(POLES) == np.inf).all()


@pytest.mark.parametrize("name", sorted({*FUNCTIONS} - {"ndtr"}))
def test_float32_is_rounded_once(name):
    x = np.random.default_rng(2).uniform(0.1, 5, 100).astype(np.float32)
    ours = getattr(special, name)(x)
    assert ours.dtype == np.float32
    assert (ours == getattr(special, name)(x.astype(float)).astype(np.float32)).all()


@pytest.mark.parametrize("name", ["ndtr", "density"])
def test_short_forms_in_float32_err_by_what_rounding_the_argument_costs(name):
    x = np.random.default_rng(2).uniform(-13, 13, 20 * POINTS).astype(np.float32)
    ours = getattr(special, name)(x)
    assert ours.dtype == np.float32
    assert (errors(name, x) <= (8 + x.astype(float) ** 2 / 2) * np.spacing(ours)).all()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_shapes_and_kinds_of_arguments(name):
    function = getattr(special, name)
    assert function(np.ones((0, 3))).shape == (0, 3)
    assert function(np.ones((2, 1, 3))).shape == (2, 1, 3)
    assert function(1.5) == function(np.array([1.5]))[0]
    assert function(np.array(2)).dtype == np.float64
    assert type(function(exact(np.ones(2)))) is type(exact(np.ones(2)))


def test_laws():
    x = np.random.default_rng(3).uniform(0.1, 3, 50)
    close = {"rtol": 1e-13, "atol": 1e-14}
    np.testing.assert_array_equal(special.erf(-x), -special.erf(x))
    np.testing.assert_allclose(special.erf(x) + special.erfc(x), 1, **close)
    np.testing.assert_allclose(special.ndtr(x) + special.ndtr(-x), 1, **close)
    np.testing.assert_allclose(np.exp(special.log_ndtr(-x)), special.ndtr(-x), **close)
    step = special.log_gamma(x + 1) - special.log_gamma(x)
    np.testing.assert_allclose(step, np.log(x), **close)
    np.testing.assert_allclose(special.digamma(x + 1) - special.digamma(x), 1 / x, **close)
    np.testing.assert_allclose(special.trigamma(x) - special.trigamma(x + 1), x**-2, **close)


def test_log_gamma_is_exact_at_its_zeros_and_gives_factorials():
    assert special.log_gamma(np.array([1.0, 2.0])).tolist() == [0.0, 0.0]
    factorials = np.exp(special.log_gamma(np.arange(1.0, 12)))
    assert factorials.round(3).tolist() == [float(gmpy2.fac(k)) for k in range(11)]
