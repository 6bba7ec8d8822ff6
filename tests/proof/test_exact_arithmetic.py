"""Results of sixty digits: they are right, and plain arrays that are wrong are noticed."""

import contextlib
import dataclasses
import functools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis.errors import UnsatisfiedAssumption

from checker.numerics.exact import CONTEXT, Exact, exact, rounded
from checker.numerics.inputs import series
from checker.proof.kinds import function, optimiser
from checker.proof.oracles import exact_arithmetic
from checker.proof.verify import check, oracles
from reference.catalogue import operation, operations

TITLE = "exact arithmetic"
NOT_RUN = {  # besides those of CANCELS and the samplers
    "levenberg_marquardt": "solve of numpy's linear algebra",
    "linear_regression": "solve of numpy's linear algebra",
    "reverse_mode": "a graph of float64 values",
    "tape_gradient": "a graph of float64 values",
}
SEEDS = 12  # of new cases of each operation, in search of false alarms


def fraction(number):
    sign, mantissa, exponent, _ = number.value._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


def test_numbers_are_taken_at_their_exact_values():
    assert fraction(Exact(0.1)) == Fraction(0.1) == fraction(exact(np.array([0.1]))[0])
    assert fraction(Exact(np.float32(0.1))) == Fraction(float(np.float32(0.1)))


@pytest.mark.parametrize("name", ["add", "sub", "mul", "truediv"])
def test_arithmetic_is_that_of_fractions(name):
    a, b = 0.1, -3.7
    right = getattr(Fraction(a), f"__{name}__")(Fraction(b))
    for found in (getattr(Exact(a), f"__{name}__")(b), getattr(Exact(b), f"__r{name}__")(a)):
        assert abs(fraction(found) - right) <= abs(right) / 10**59
    arrays = getattr(np, {"mul": "multiply", "sub": "subtract"}.get(name, name), None)
    if arrays is not None:
        assert abs(fraction(arrays(exact([a]), b)[0]) - right) <= abs(right) / 10**59


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "tanh", "expm1", "log1p", "sin", "cos"])
def test_numpy_computes_functions_to_sixty_digits(name):
    found = getattr(np, name)(exact([0.7]))[0]
    with CONTEXT.workdps(80):
        right = getattr(CONTEXT, name)(CONTEXT.mpf(0.7))
        assert abs(found.value / right - 1) < CONTEXT.mpf(10) ** -59


def test_a_rounded_result_is_the_nearest_float():
    assert rounded(exact([0.1, -1e300]) * 3).tolist() == [float(Fraction(0.1) * 3), -3e300]
    assert rounded(np.exp(exact([1e4]))).tolist() == [math.inf]


def test_what_is_not_compared_is_known_with_its_reason():
    compared = {name for name, spec in operations().items() if TITLE in oracles(spec)}
    samplers = {name for name, spec in operations().items() if spec.kind == "sampler"}
    left = operations().keys() - compared - samplers
    assert left == exact_arithmetic.CANCELS.keys() | NOT_RUN.keys()


def plain(x):
    return isinstance(x, np.ndarray) and x.dtype == np.float64


def replaced(name, part, fault):
    """The operation with a fault in one of its functions, on plain arrays of float64 alone."""
    spec = operation(name)
    right = getattr(spec, part)

    @functools.wraps(right)
    def faulty(*arguments, **settings):
        results = right(*arguments, **settings)
        values = [*arguments, *settings.values()]
        if not any(plain(value) for value in values):
            return results
        return fault(results)

    changed = dataclasses.replace(spec, **{part: faulty})
    kind = {"optimiser": optimiser}.get(spec.kind, function)
    return changed, kind.results


def half(results):
    """The first result is half of what it should be."""
    if isinstance(results, tuple):
        return type(results)((results[0] / 2, *results[1:])) if type(results) is tuple else results
    return results / 2


def single(results):
    """What passes through float32 on the way."""
    values = results if isinstance(results, tuple) else (results,)
    cast = tuple(np.asarray(v).astype(np.float32).astype(float) if plain(v) else v for v in values)
    return cast if isinstance(results, tuple) else cast[0]


def a_little(results):
    """Too large by one part in 10^13."""
    values = results if isinstance(results, tuple) else (results,)
    more = tuple(v * (1 + 1e-13) if plain(v) else v for v in values)
    return more if isinstance(results, tuple) else more[0]


def worst(spec, results):
    """The largest error as a fraction of its bound."""
    cases = series(spec.arguments, getattr(spec, "possible", None), 10)
    equations = [e for case in cases for e in exact_arithmetic.compare(spec, results, case)]
    return max(equation.ratio for equation in equations)


@pytest.mark.parametrize("fault", [half, single, a_little])
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("sigmoid", "backward"),
        ("softmax", "backward"),
        ("dense", "forward"),
        ("mse", "backward"),
        ("batch_norm_train", "forward"),
        ("cross_entropy", "forward"),
        ("adam", "update"),
        ("rmsprop", "update"),
    ],
)
def test_what_goes_wrong_on_plain_arrays_alone_is_noticed(name, part, fault):
    spec, results = replaced(name, part, fault)
    assert worst(operation(name), results) <= 1
    assert worst(spec, results) > 1


def test_an_unstable_formula_does_not_earn_its_own_bound():
    """The variance as E[x^2] - E[x]^2, of examples far from zero."""
    spec = operation("batch_norm_train")

    @functools.wraps(spec.forward)
    def forward(x, gamma, beta, *, epsilon=1e-5):
        axes = (0, *range(2, x.ndim))
        shape = (1, -1, *[1] * (x.ndim - 2))
        mean = x.mean(axis=axes, keepdims=True)
        variance = (x**2).mean(axis=axes, keepdims=True) - mean**2
        return gamma.reshape(shape) * (x - mean) / np.sqrt(variance + epsilon) + beta.reshape(shape)

    rng = np.random.default_rng(0)
    case = {
        "x": 1e4 + rng.standard_normal((8, 3)),
        "gamma": np.ones(3),
        "beta": np.zeros(3),
        "epsilon": 1e-5,
    }
    for tried, stable in ((spec.forward, True), (forward, False)):
        changed = dataclasses.replace(spec, forward=tried)
        equations = exact_arithmetic.compare(changed, function.results, case)
        assert (max(e.ratio for e in equations) <= 1) == stable


@pytest.mark.parametrize("name", [name for name in operations() if name not in NOT_RUN])
def test_new_cases_raise_no_false_alarm(name):
    spec = operation(name)
    found = oracles(spec).get(TITLE)
    if found is None:
        assert name in exact_arithmetic.CANCELS or spec.kind == "sampler"
        return
    for first in range(1000, 1000 + SEEDS, 4):
        cases = series(spec.arguments, getattr(spec, "possible", None), 4, first=first)
        for case in cases:
            with contextlib.suppress(UnsatisfiedAssumption):  # a large case
                for equation in found(case):
                    assert equation.ratio <= 1, str(equation)


def test_a_failure_names_the_entry():
    spec, results = replaced("mse", "forward", half)
    row = check("mse", spec, TITLE, lambda case: exact_arithmetic.compare(spec, results, case), 5)
    assert row.failure.startswith("output: got")
