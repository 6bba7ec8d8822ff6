"""Special functions that numpy lacks: the error function and what belongs to the gamma function.

    erf(x) = 2/sqrt(pi) integral_0^x exp(-t^2) dt,     erfc(x) = 1 - erf(x)
    ndtr(x) = erfc(-x / sqrt(2)) / 2,                  log_ndtr(x) = log(ndtr(x))
    density(x) = ndtr'(x) = exp(-x^2 / 2) / sqrt(2 pi)
    log_gamma(x) = log|Gamma(x)|,   digamma = log_gamma',   trigamma = digamma'

The names are those of torch.special, where log_gamma is `gammaln` and trigamma is `polygamma` of
order 1; `ndtr` and `density` are those of the standard normal distribution. The argument is an
array of any shape, or a number. The result has its dtype. float32 is computed in float64 and
rounded once, which needs no second set of coefficients; only `ndtr` and `density`, of which neural
networks need many values, have a shorter form in float32. An argument of another type with a method
of the function's name is left to this method.

A tail such as erfc(9) = 4e-37 keeps its relative precision. For this, erfc(x) is exp(-x^2) times a
slowly varying function, which is a polynomial of (x - 3.75) / (x + 3.75); and x^2 is split into two
parts, because rounding it would change the exponential by x^2 roundings. The gamma functions
are moved to arguments of at least 8 by recurrence, where few terms of an asymptotic series are
enough; those of negative arguments are reflected.

    >>> erfc(np.array([-1.0, 0.0, 9.0])).round(4)
    array([1.8427, 1.    , 0.    ])

Source: Shepherd and Laframboise 1981; Cody 1969, for the split; Abramowitz and Stegun 1964, chapter
6.
"""

import math
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import numpy as np

from reference.spec import Real

SCALED_ERFC = (  # (1 + 2 x) exp(x^2) erfc(x) - 5/4 for x >= 0, in powers of (x - 3.75) / (x + 3.75)
    *(-0.012487369162172418, -0.14024059858554697, 0.003585415485463775, 0.08227673849014516),
    *(-0.10880393014171785, 0.09230432116037876, -0.058693398590212366, 0.028362277418940665),
    *(-0.009746579552504244, 0.0017556258530017257, 0.0002937136342850081, -0.0002901540809795271),
    *(5.1649211390702855e-05, 2.2384240314224437e-05, -1.1444412439171722e-05),
    *(-9.735619015182663e-07, 1.752057970166318e-06, -5.721597255990987e-08),
    *(-2.591069687796658e-07, 2.3261913276696566e-08, 3.8965452548985966e-08),
    *(-3.743568033634583e-09, -5.28428697963142e-09, 3.110310719839165e-10, 4.434959070009628e-10),
)
ERF = (  # erf(x) / x - 1 for |x| <= 1, in powers of x^2
    *(0.1283791670955126, -0.37612638903183754, 0.1128379167095512, -0.02686617064512984),
    *(0.0052239776254232985, -0.000854832702193483, 0.00012055332902888736),
    *(-1.4925647567519332e-05, 1.6462045441468418e-06, -1.6364642158167616e-07),
    *(1.4792401209404813e-08, -1.216456005728345e-09, 8.709045129053106e-11),
    -4.230945824295338e-12,
)
TAIL_IN_SINGLE = (  # ndtr(-x) / density(x) / s for x >= 0, in powers of s = 3.8 / (x + 3.8)
    *(0.26322144528, 0.2617977183, 0.25743996784, 0.14376817434, 0.36452932693),
    *(-0.32038176064, 0.574996028, -0.36897242292, 0.07691563933),
)
BERNOULLI = (  # the numbers B_2, B_4, ...
    *(1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798),
    -174611 / 330,
)
NUMBERED = tuple(zip(BERNOULLI, range(2, 2 * len(BERNOULLI) + 1, 2), strict=True))
LOG_GAMMA = (  # log_gamma(x) / ((x - 1) (x - 2)) for 1 <= x <= 2, in powers of 2 x - 3
    *(0.4831289505409809, -0.07297994795715304, 0.015727850268641236, -0.003913560937626187),
    *(0.0010498186644491197, -0.00029455070151955954, 8.510090382266539e-05),
    *(-2.5094328669818345e-05, 7.5113911543279285e-06, -2.2742474054826674e-06),
    *(6.948460789947273e-07, -2.138632494418463e-07, 6.622926112005164e-08),
    *(-2.0620995364628568e-08, 6.448043752521901e-09, -2.016989565826891e-09),
    *(6.353017600845751e-10, -2.0871311005452823e-10, 6.615691316451458e-11),
    *(-1.5410479069560222e-11, 4.892185826125285e-12, -3.8008085820640625e-12),
    1.2170358219385592e-12,
)
ERFC_BELOW = 0.4769  # where erf is below 1/2, and 1 - erf is accurate
ALL_UNDERFLOW = 40.0  # exp(-x^2 / 2) is 0 in float64 from here on
IN_CACHE = 32768  # numbers at a time: their intermediate results stay in the cache
LARGE = 8  # enough for the asymptotic series


def _of_floats(
    function: Callable[[Real], Real], least: type[np.floating[Any]] = np.float64
) -> Callable[[Real], Real]:
    """Compute in float64 or in the least type, unless the argument has a method of this name."""

    @wraps(function)
    def computed(x: Real) -> Real:
        if hasattr(x, function.__name__):
            return getattr(x, function.__name__)()
        given = np.asarray(x)
        flat = given.ravel()
        result = np.empty(flat.shape, np.result_type(given.dtype, np.float16))
        computed_in = np.result_type(given.dtype, least)
        with np.errstate(all="ignore"):  # at poles, and where the result is infinite, as in torch
            for start in range(0, flat.size, IN_CACHE):
                piece = slice(start, start + IN_CACHE)
                result[piece] = function(flat[piece].astype(computed_in))
        return result.reshape(given.shape)

    return computed


def _of_singles(function: Callable[[Real], Real]) -> Callable[[Real], Real]:
    """The same, but float32 stays float32."""
    return _of_floats(function, np.float32)


@_of_floats
def erf(x: Real) -> Real:
    return np.copysign(np.where(np.abs(x) < 1, _erf(np.abs(x)), 1 - _tail(np.abs(x))), x)


@_of_floats
def erfc(x: Real) -> Real:
    tail = np.where(np.abs(x) < ERFC_BELOW, 1 - _erf(np.abs(x)), _tail(np.abs(x)))
    return np.where(x < 0, 2 - tail, tail)


@_of_singles
def ndtr(x: Real) -> Real:
    size = np.abs(x)
    tail = _tail_in_single(size) if x.dtype == np.float32 else _tail(size, 0.5) / 2
    return np.abs((x > 0) - tail)  # 1 - tail or tail, which is faster than np.where


@_of_floats
def log_ndtr(x: Real) -> Real:
    low, high = np.minimum(x, -1), np.maximum(x, -1)
    below = np.log(_scaled_erfc(-low / np.sqrt(2)) / 2) - low * (low / 2)
    return np.where(x < -1, below, np.log1p(-ndtr(-high)))


@_of_singles
def density(x: Real) -> Real:
    if x.dtype == np.float32:
        return _density_in_single(x)
    x = np.minimum(np.abs(x), ALL_UNDERFLOW)
    coarse = np.rint(128 * x) / 128
    rest = (x - coarse) * (x + coarse)
    return np.exp(-(coarse**2) / 2) * np.exp(-rest / 2) / np.sqrt(2 * np.pi)


@_of_floats
def log_gamma(x: Real) -> Real:
    z = np.abs(x)
    f = np.where(z < 1, z, z - np.floor(z))  # log_gamma(1 + f) has zeros at f = 0 and 1
    from_one_to_two = f * (f - 1) * _polynomial(LOG_GAMMA, 2 * f - 1)
    product = np.ones_like(z)
    for k in range(1, LARGE - 1):
        product = product * np.where(z - k >= 1, z - k, 1)
    below = from_one_to_two + np.where(z < 1, -np.log(z), np.log(product))
    series = _polynomial([b / (k * (k - 1)) for b, k in NUMBERED], z**-2.0) / z
    above = (z - 0.5) * (np.log(z) - 1) + (np.log(2 * np.pi) - 1) / 2 + series
    value = np.where(z < LARGE, below, above)
    reflected = np.log(np.pi) - np.log(z) - np.log(np.abs(np.sin(_turns(x)))) - value
    pole = x == np.rint(x)
    return np.where(x < 0, np.where(pole, np.inf, reflected), value)


@_of_floats
def digamma(x: Real) -> Real:
    z = np.where(x < 0.5, 1 - x, x)
    large = z + np.maximum(np.ceil(LARGE - z), 0)
    series = _polynomial([b / k for b, k in NUMBERED], large**-2.0) / large**2
    value = np.log(large) - 0.5 / large - series
    for k in reversed(range(LARGE)):  # the smallest first
        value = value - np.where(z + k < large, 1 / (z + k), 0)
    pole = (x < 0) & (x == np.rint(x))
    reflected = np.where(pole, np.nan, value - np.pi / np.tan(_turns(x)))
    return np.where(x < 0.5, reflected, value)


@_of_floats
def trigamma(x: Real) -> Real:
    z = np.where(x < 0.5, 1 - x, x)
    large = z + np.maximum(np.ceil(LARGE - z), 0)
    value = 1 / large + 0.5 / large**2 + _polynomial(BERNOULLI, large**-2.0) / large**3
    for k in reversed(range(LARGE)):  # the smallest first
        value = value + np.where(z + k < large, (z + k) ** -2.0, 0)
    return np.where(x < 0.5, (np.pi / np.sin(_turns(x))) ** 2 - value, value)


def _erf(x: Real) -> Real:
    """erf for 0 <= x <= 1."""
    x = np.minimum(x, 1)
    return x + x * _polynomial(ERF, x**2)


def _tail(x: Real, share: float = 1.0) -> Real:
    """erfc(sqrt(share) x) for x >= 0, to less than two units in the last place.

    The squares of `coarse` and the products of two short numbers are exact.
    """
    x = np.minimum(x, ALL_UNDERFLOW)
    coarse = np.rint(128 * x) / 128
    fine = np.expm1(-share * (x - coarse) * (x + coarse))
    z = x * np.sqrt(share)
    bend = _polynomial(SCALED_ERFC, (z - 3.75) / (z + 3.75))
    further = bend + (1.25 + bend) * fine
    divisor = _short(1 + 2 * z)
    quotient = _short((1.25 + further) / (1 + 2 * z))
    remainder = 1.25 - quotient * divisor + further - quotient * (2 * z - (divisor - 1))
    decay = np.exp(-share * coarse**2)
    return decay * quotient + decay * (remainder / (1 + 2 * z))


def _tail_in_single(x: Real) -> Real:
    """ndtr(-x) for x >= 0, to 8 + x^2 / 2 units in the last place; rounding x costs as much."""
    s = 3.8 / (x + 3.8)
    tail = _polynomial(TAIL_IN_SINGLE, s)
    tail *= s
    tail *= _density_in_single(x)
    return tail


def _density_in_single(x: Real) -> Real:
    return np.exp(-0.5 * (x * x)) * (1 / math.sqrt(2 * math.pi))


def _short(x: Real) -> Real:
    """Rounded to 24 binary digits."""
    return x.astype(np.float32).astype(np.float64)


def _scaled_erfc(x: Real) -> Real:
    """exp(x^2) erfc(x) for x >= 0."""
    x = np.minimum(x, 1e300)  # inf / inf would be nan
    return (1.25 + _polynomial(SCALED_ERFC, (x - 3.75) / (x + 3.75))) / (1 + 2 * x)


def _turns(x: Real) -> Real:
    """pi x without its whole half turns."""
    return np.pi * np.where(x == 0, x, x - np.rint(x))  # -0.0 remains


def _polynomial(coefficients: Sequence[float], x: Real) -> Real:
    total = np.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= x
        total += coefficient
    return total
