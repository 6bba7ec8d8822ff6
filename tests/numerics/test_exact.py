"""Numbers of sixty digits: arithmetic is that of fractions, functions are those of GNU MPFR."""

import math
from fractions import Fraction

import gmpy2
import numpy as np
import pytest

from checker.numerics.exact import BITS, UNARY, Exact, exact, rounded

DIGITS = Fraction(1, 10**59)
pytestmark = pytest.mark.filterwarnings("ignore:(invalid|overflow):RuntimeWarning")
RNG = np.random.default_rng(0)


def fraction(number):
    """The value of a number, or of an array without axes."""
    value = number.item() if isinstance(number, np.ndarray) else number
    return Fraction(*map(int, gmpy2.mpq(value).as_integer_ratio()))


def near(found, right):
    return abs(fraction(found) - right) <= abs(right) * DIGITS


def test_numbers_are_taken_at_their_exact_values():
    assert fraction(exact(0.1)) == Fraction(0.1) == fraction(exact([0.1])[0])
    assert fraction(exact(np.float32(0.1))) == Fraction(float(np.float32(0.1)))
    assert fraction(exact(np.array([2**60 + 1]))[0]) == 2**60 + 1


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide"])
def test_arithmetic_is_that_of_fractions(name):
    operator = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "truediv"}[name]
    a, b = 0.1, -3.7
    right = getattr(Fraction(a), f"__{operator}__")(Fraction(b))
    compute = getattr(np, name)
    for found in (
        compute(exact([a]), b),
        compute(a, exact([b])),
        compute(exact([a]), np.array([b])),
        compute(exact([a]), exact(b)),
        getattr(exact([a]), f"__{operator}__")(exact([b])),
    ):
        assert isinstance(found, Exact)
        assert near(found[0], right)


def test_a_power_and_a_remainder_have_all_digits():
    assert near((exact([0.3]) ** 7)[0], Fraction(0.3) ** 7)
    assert near((exact([0.3]) ** -2)[0], 1 / Fraction(0.3) ** 2)
    assert near((exact([7.3]) % exact(2.0))[0], Fraction(7.3) % 2)
    assert near((-exact([0.3]))[0], -Fraction(0.3))
    assert near(abs(exact([-0.3]))[0], Fraction(0.3))


FUNCTIONS = {  # by numpy's name, that of gmpy2
    **{name: name for name in UNARY if hasattr(gmpy2, name)},
    **{name: name.replace("arc", "a") for name in UNARY if name.startswith("arc")},
}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
@pytest.mark.parametrize("x", [0.7, 0.03125, 1e-9])
def test_functions_have_sixty_digits(name, x):
    found = getattr(np, name)(exact([x]))
    assert isinstance(found, Exact)
    with gmpy2.context(precision=2 * BITS):
        right = getattr(gmpy2, FUNCTIONS[name])(gmpy2.mpfr(x))
    assert near(found[0], fraction(right))


def test_every_function_is_compared():
    assert FUNCTIONS.keys() | {"sign"} == UNARY.keys()
    assert [float(x) for x in np.sign(exact([-2.5, 0.0, 1e-300]))] == [-1, 0, 1]


@pytest.mark.parametrize("low", [-700.0, -1.5, -1e-9, 0.0])
def test_the_sum_of_exponentials_does_not_overflow_or_lose_digits(low):
    found = np.logaddexp(exact([1000.0]), exact([1000.0 + low]))[0]
    with gmpy2.context(precision=8 * BITS):
        big = gmpy2.mpfr(1000)
        right = gmpy2.log(gmpy2.exp(big) + gmpy2.exp(gmpy2.mpfr(1000 + low)))
    assert near(found, fraction(right))


def test_the_logarithm_of_two_sums_of_nothing_is_minus_infinity():
    empty = exact([-math.inf])
    assert rounded(np.logaddexp(empty, empty)).tolist() == [-math.inf]
    assert rounded(np.logaddexp(empty, exact([2.0]))).tolist() == [2.0]


SPECIAL = {
    "erf": gmpy2.erf,
    "erfc": gmpy2.erfc,
    "digamma": gmpy2.digamma,
    "log_gamma": lambda x: gmpy2.lgamma(x)[0],
    "ndtr": lambda x: gmpy2.erfc(-x / gmpy2.sqrt(gmpy2.mpfr(2))) / 2,
    "density": lambda x: gmpy2.exp(-x * x / 2) / gmpy2.sqrt(2 * gmpy2.const_pi()),
    "log_ndtr": lambda x: gmpy2.log(gmpy2.erfc(-x / gmpy2.sqrt(gmpy2.mpfr(2))) / 2),
}


@pytest.mark.parametrize("name", sorted(SPECIAL))
@pytest.mark.parametrize("x", [0.3, 2.5, 12.0])
def test_special_functions_have_sixty_digits(name, x):
    with gmpy2.context(precision=4 * BITS):
        right = fraction(SPECIAL[name](gmpy2.mpfr(x)))
    found = fraction(getattr(exact([x]), name)()[0])
    assert abs(found - right) <= abs(right) / 10**57  # a tail magnifies the rounding of its end


@pytest.mark.parametrize("x", [0.3, 2.5, 12.0])
def test_trigamma_is_the_sum_of_reciprocal_squares(x):
    """It falls by 1/x^2 from x to x + 1, and its expansion at infinity gives the rest."""
    n = 10**4
    found = exact([x]).trigamma()[0] - exact([x + n]).trigamma()[0]
    with gmpy2.context(precision=2 * BITS):
        right = sum(1 / (gmpy2.mpfr(x) + k) ** 2 for k in range(n))
    # x + n is rounded to a float, which moves trigamma by less than the roundoff of it.
    assert abs(fraction(found) - fraction(right)) <= Fraction(1, 10**19)
    step = exact([x]).trigamma()[0] - (exact([x]) + 1).trigamma()[0]
    assert near(step, 1 / Fraction(x) ** 2)


VALUES = np.round(RNG.normal(size=(3, 4)), 3)
TERMS = [[Fraction(v) for v in row] for row in VALUES.tolist()]


def test_sums_and_means_along_each_axis_are_those_of_fractions():
    x = exact(VALUES)
    assert all(near(a, sum(row)) for a, row in zip(x.sum(axis=1), TERMS, strict=True))
    columns = list(zip(*TERMS, strict=True))
    assert all(near(a, sum(c) / 3) for a, c in zip(x.mean(axis=0), columns, strict=True))
    total = sum(map(sum, TERMS))
    for found in (x.sum(), np.sum(x), x.sum(axis=(0, 1)), x.sum(axis=1).sum()):
        assert near(found, total)
    assert x.sum(axis=1, keepdims=True).shape == (3, 1)


def test_products_and_running_sums_are_those_of_fractions():
    x = exact(VALUES)
    assert near(np.cumsum(x[0])[-1], sum(TERMS[0]))
    assert near(x[0].prod(), math.prod(TERMS[0]))
    right = sum(a * b for a, b in zip(TERMS[0], TERMS[1], strict=True))
    for found in (x[0] @ x[1], np.einsum("k,k->", x[0], x[1]), (x @ x.T)[0, 1]):
        assert near(found, right)
    assert near((VALUES @ exact(VALUES.T))[0, 1], right)


@pytest.mark.parametrize(
    "reduce",
    [
        lambda x: x.sum(),
        lambda x: x.mean(),
        lambda x: x.max(),
        lambda x: np.min(x),
        lambda x: x[1, 2],
        lambda x: x[0] @ x[1],
        lambda x: np.exp(x[0, 0]),
        lambda x: x[0, 0] * 2,
        lambda x: 1 / x[0, 0],
        lambda x: np.sqrt(abs(x[0, 0])),
        lambda x: next(iter(x[0])),
        lambda x: np.prod(x),
    ],
)
def test_what_has_no_axes_is_an_array_as_well(reduce):
    """A number of gmpy2 alone would compute in the precision of whoever uses it next."""
    found = reduce(exact(VALUES))
    assert isinstance(found, Exact)
    assert found.shape == ()
    third = found / 3
    assert isinstance(third, Exact)
    assert abs(fraction(third * 3) - fraction(found)) <= abs(fraction(found)) * DIGITS


def test_order_and_decisions_are_those_of_floats():
    x = exact(VALUES)
    for function in (np.argmax, np.argsort, np.sort, np.max):
        found = np.asarray(function(x, axis=1), dtype=float)
        assert found.tolist() == function(VALUES, axis=1).tolist()
    for function in (np.floor, np.ceil, np.rint, np.trunc):
        assert rounded(function(2 * x)).tolist() == function(2 * VALUES).tolist()
    for decision in (x > 0, x == x, x <= exact(VALUES), np.isnan(x), np.signbit(x), ~(x > 0)):
        assert decision.dtype == bool
    assert (x > 0).tolist() == (VALUES > 0).tolist()
    assert np.signbit(exact([-0.0, 0.0])).tolist() == [True, False]
    assert not np.isnan(np.zeros_like(x)).any()  # whose entries are numbers of Python
    assert np.isfinite(np.pad(x, 1)).all()
    special = exact([math.nan, math.inf, -math.inf, 1.0])
    assert np.isnan(special).tolist() == [True, False, False, False]
    assert np.isinf(special).tolist() == [False, True, True, False]
    assert np.isfinite(special).tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    "move",
    [
        lambda x: np.where(x > 0, x, -x),
        lambda x: np.pad(x, ((1, 1), (0, 2))),
        lambda x: np.lib.stride_tricks.sliding_window_view(x, 2, axis=1),
        lambda x: np.take_along_axis(x, np.array([[0], [3], [1]]), axis=1),
        lambda x: np.concatenate([x, 2 * x]),
        lambda x: np.stack([x, x], axis=1),
        lambda x: np.swapaxes(x, 0, 1)[::-1],
        lambda x: np.broadcast_to(x, (2, 3, 4)),
        lambda x: np.zeros_like(x) + x,
        lambda x: np.maximum(x, 0.25) - np.minimum(x, -0.25),
        lambda x: np.clip(x, -0.5, 0.5),
        lambda x: np.roll(x, 1, axis=0),
        lambda x: np.tensordot(x, x, axes=([1], [1])),
        lambda x: np.outer(x[0], x[1]),
    ],
)
def test_numpy_functions_give_what_they_give_for_floats(move):
    found = move(exact(VALUES))
    assert isinstance(found, Exact)
    np.testing.assert_allclose(rounded(found), move(VALUES), rtol=1e-14, atol=1e-15)


def test_a_system_of_equations_is_solved_to_the_last_digit():
    """Hilbert's matrix, whose inverse has whole numbers."""
    n = 5
    i = np.arange(n)
    matrix = 1 / exact(i[:, None] + i + 1)
    solution = np.linalg.solve(matrix, exact(np.eye(n)))
    inverse = [
        [
            (-1) ** (r + c)
            * (r + c + 1)
            * math.comb(n + r, n - c - 1)
            * math.comb(n + c, n - r - 1)
            * math.comb(r + c, r) ** 2
            for c in range(n)
        ]
        for r in range(n)
    ]
    for row, right in zip(solution, inverse, strict=True):
        for a, b in zip(row, right, strict=True):
            assert abs(fraction(a) - b) <= Fraction(1, 10**50)


def test_a_system_needs_pivots_and_a_singular_one_raises():
    swapped = np.linalg.solve(exact([[0.0, 1.0], [1.0, 0.0]]), exact([2.0, 3.0]))
    assert rounded(swapped).tolist() == [3.0, 2.0]
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.solve(exact([[1.0, 2.0], [2.0, 4.0]]), exact([1.0, 1.0]))


def test_weights_are_counted_exactly():
    found = np.bincount(np.array([0, 2, 0]), exact([0.1, 0.2, 0.3]), minlength=5)
    assert found.shape == (5,)
    assert near(found[0], Fraction(0.1) + Fraction(0.3))
    assert near(found[2], Fraction(0.2))
    assert [float(found[k]) for k in (1, 3, 4)] == [0, 0, 0]


def test_a_rounded_result_is_the_nearest_float():
    assert rounded(exact([0.1, -1e300]) * 3).tolist() == [float(Fraction(0.1) * 3), -3e300]
    assert rounded(np.exp(exact([1e4]))).tolist() == [math.inf]
    assert rounded(exact(np.ones((0, 3)))).shape == (0, 3)


def test_arguments_are_not_changed_and_nothing_is_shared():
    values = VALUES.copy()
    x = exact(values)
    x += 1
    assert (values == VALUES).all()
    y = exact(x)
    y[0, 0] = 0.0
    assert fraction(x[0, 0]) == TERMS[0][0] + 1
