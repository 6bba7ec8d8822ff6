"""One scalar expression, differentiated by every route there is: all of them agree."""

import math
import operator

import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from checker.numerics.equations import SINGLE, unit
from checker.numerics.exact import exact, rounded
from reference.autodiff import (
    METHODS,
    Number,
    Symbol,
    Variable,
    derivative,
    evaluate,
    function,
    gradients,
    numerical_gradient,
    size,
)
from reference.autodiff._expressions import ONE
from reference.autodiff._graph import apply

X, Y = Symbol("x"), Symbol("y")
HEADROOM = 8.0  # between a few random roundings and the worst
DRAWS = 6
DIGITS = 1e-25
FUNCTIONS = ("exp", "log", "sin", "cos", "tanh")
EIGHTHS = st.integers(2, 24).map(lambda n: n / 8)  # x + h is exact where h is a power of two


def larger(smaller):
    pairs = st.tuples(smaller, smaller)
    return st.one_of(
        *(pairs.map(lambda ab, f=f: f(*ab)) for f in (operator.add, operator.sub, operator.mul)),
        pairs.map(lambda ab: ab[0] / (ab[1] ** 2 + 1)),
        st.tuples(smaller, st.integers(-2, 4)).map(lambda ab: ab[0] ** ab[1]),
        smaller.map(lambda a: X**a),
        st.tuples(st.sampled_from(FUNCTIONS), smaller).map(lambda fa: function(*fa)),
        smaller.map(operator.neg),
    )


def expressions(leaves):
    atoms = st.one_of(st.just(X), st.just(Y), st.integers(-3, 3).map(lambda n: ONE * n / 2))
    return st.recursive(atoms, larger, max_leaves=leaves).map(lambda e: e * X + Y)


def lifted(name, *arguments):
    """Constants are exact as well: cos(1/2) has sixty digits."""
    return apply(name, *(exact(a) if isinstance(a, float | int) else a for a in arguments))


def value(e, x, y):
    """The value of an expression, in sixty digits."""
    with np.errstate(all="ignore"):
        return exact(evaluate(e, {"x": exact(x), "y": exact(y)}, lifted))


def tame(*numbers):
    """Finite, and not so large that the next operation overflows or leaves no digits."""
    return all(np.isfinite(rounded(n)) and abs(n) < 1e20 for n in numbers)


def by_graph(e, x, y, primitive=lifted, number=exact):
    variables = {"x": Variable(number(x)), "y": Variable(number(y))}
    with np.errstate(all="ignore"):
        output = evaluate(e, variables, primitive)
        return gradients(output, [*variables.values()], number(1.0))


def by_symbols(e, x, y):
    return [value(derivative(e, name), x, y) for name in "xy"]


def close(a, b, error=0.0):
    """Two numbers, of which the second may be wrong by so much."""
    return abs(float(exact(a) - exact(b))) <= error + DIGITS * (1 + abs(float(a)))


def noisy(seed):
    """Primitives whose results and slopes are each wrong by up to one rounding in single precision.

    The slopes have roundings of their own: those of x^-1 x cancel only as long as both are right.
    """
    rng = np.random.default_rng(seed)

    def rounding():
        return 1 + SINGLE * rng.uniform(-1, 1)

    def rounded_slope(parent, pullback):
        factor = rounding()
        return parent, lambda upstream: pullback(upstream) * factor

    def compute(name, *arguments):
        result = apply(name, *arguments)
        if isinstance(result, Variable):
            result.parents = tuple(rounded_slope(*pair) for pair in result.parents)
        return result * rounding()

    return compute


def errors(compute, right):
    """What floats may lose of each result: how far it moves when every step is rounded."""
    moved = [[float(n) for n in compute(noisy(seed))] for seed in range(DRAWS)]
    move = np.max(np.abs(np.array(moved) - [float(n) for n in right]), axis=0)
    assume(np.isfinite(move).all())
    sizes = np.abs([float(n) for n in right])
    return HEADROOM * unit(float) * (move / SINGLE + sizes) + np.finfo(float).tiny


def errors_of_gradients(e, x, y, graph):
    return errors(lambda primitive: by_graph(e, x, y, primitive, np.array), graph)


def error_of_value(e, x, y):
    def compute(primitive):
        with np.errstate(all="ignore"):
            return [evaluate(e, {"x": np.array(x), "y": np.array(y)}, primitive)]

    return errors(compute, [value(e, x, y)])[0]


@settings(deadline=None, max_examples=100)
@given(expressions(8), EIGHTHS, EIGHTHS)
def test_the_graph_and_the_symbols_agree(e, x, y):
    pairs = list(zip(by_graph(e, x, y), by_symbols(e, x, y), strict=True))
    assume(tame(value(e, x, y), *(n for pair in pairs for n in pair)))
    # The constants of a derivative are fractions, which evaluate rounds to floats.
    lost = errors_of_gradients(e, x, y, [graph for graph, _ in pairs])
    for (graph, symbols), error in zip(pairs, lost, strict=True):
        assert close(graph, symbols, error)


@settings(deadline=None, max_examples=100)
@given(expressions(8), EIGHTHS, EIGHTHS)
def test_the_graph_and_the_complex_step_agree(e, x, y):
    h = METHODS["complex_step"].step
    graph = by_graph(e, x, y)
    assume(tame(value(e, x, y), *graph))
    with np.errstate(all="ignore"):
        along = [
            evaluate(e, {"x": np.complex128(x + 1j * h), "y": y}),
            evaluate(e, {"x": x, "y": np.complex128(y + 1j * h)}),
        ]
    # The step's own error is h^2 f'''/6, and what underflows before the division by h is lost.
    own = h**2 * 1e30 + np.finfo(float).tiny / h
    lost = errors_of_gradients(e, x, y, graph)
    for mine, step, error in zip(graph, along, lost, strict=True):
        assert close(mine, np.imag(step) / h, error + own)


TORCH = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "div", "power": "pow"}


@settings(deadline=None, max_examples=100)
@given(expressions(8), EIGHTHS, EIGHTHS)
def test_the_graph_and_torch_agree(e, x, y):
    torch = pytest.importorskip("torch")

    def with_torch(name, *arguments):
        tensors = [torch.as_tensor(a, dtype=torch.float64) for a in arguments]
        return getattr(torch, TORCH.get(name, name))(*tensors)

    graph = by_graph(e, x, y)
    assume(tame(value(e, x, y), *graph))
    leaves = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (x, y)]
    output = evaluate(e, dict(zip("xy", leaves, strict=True)), with_torch)
    theirs = torch.autograd.grad(output, leaves, allow_unused=True)
    for mine, other, error in zip(graph, theirs, errors_of_gradients(e, x, y, graph), strict=True):
        assert close(mine, 0.0 if other is None else other.item(), error)


STEPS = {"one_sided": 2.0**-26, "central": 2.0**-17, "richardson": 2.0**-10}


@pytest.mark.parametrize("name", STEPS)
@settings(deadline=None, max_examples=100)
@given(expressions(4), EIGHTHS, EIGHTHS)
def test_differences_miss_the_derivative_by_what_their_formula_says(name, e, x, y):
    """The truncation error from the symbolic derivative, the rounding error from the values."""
    difference, order, error, _ = METHODS[name]
    h = STEPS[name]
    higher = derivative(e, "x")
    for _ in range(order):
        higher = derivative(higher, "x")
        assume(size(higher) < 3000)
    near = [value(higher, x + t * h, y) for t in (-1, -0.5, 0, 0.5, 1)]
    sides = [value(e, x + t * h, y) for t in (-1, -0.5, 0, 0.5, 1)]
    (graph, _) = by_graph(e, x, y)
    assume(tame(graph, *near, *sides))
    steepest, least = (f(abs(float(n)) for n in near) for f in (max, min))
    assume(steepest <= 2 * least or steepest - least < 1)  # the formula speaks of one derivative
    truncation = 2 * abs(error) * h**order * (steepest + 1)
    rounding = 4 * max(error_of_value(e, x + t * h, y) for t in (-1, -0.5, 0, 0.5, 1)) / h
    computed = difference(lambda t: evaluate(e, {"x": t, "y": y}), x, h)
    assert close(graph, computed, truncation + rounding)


@pytest.mark.parametrize("name", METHODS)
def test_the_error_has_the_declared_order_and_factor(name):
    """On x^(order + 1) the next derivative is (order + 1)!, and nothing follows it."""
    difference, order, error, _ = METHODS[name]
    for x in (0.0, 0.5, -1.0):
        for h in (0.5, 1.0, 2.0):
            slope = difference(lambda t: t ** (order + 1), np.array(x), h)
            expected = (order + 1) * x**order + error * math.factorial(order + 1) * h**order
            assert abs(slope - expected) <= HEADROOM * unit(float) * 100


@pytest.mark.parametrize("name", METHODS)
def test_polynomials_up_to_the_order_have_no_error(name):
    difference, order, _, _ = METHODS[name]
    for degree in range(1, order + 1):
        slope = difference(lambda t, n=degree: t**n, np.array(2.0), 0.5)
        assert abs(slope - degree * 2.0 ** (degree - 1)) <= HEADROOM * unit(float) * 100


@pytest.mark.parametrize("name", STEPS)
def test_the_step_of_each_method_balances_its_two_errors(name):
    difference, _, _, step = METHODS[name]

    def error(h):
        """The worst of several points, since one may be lucky."""
        return max(abs(difference(np.exp, x, h) - np.exp(x)) for x in np.linspace(0, 1, 20))

    assert error(step) < error(30 * step)
    assert error(step) < error(step / 30)


@pytest.mark.parametrize("name", METHODS)
def test_a_gradient_is_taken_entry_by_entry(name):
    x = np.array([[1.0, 2.0, -4.0], [0.5, 0.0, 8.0]])
    weights = np.arange(1.0, 7.0).reshape(2, 3)
    _, order, _, step = METHODS[name]
    gradient = numerical_gradient(lambda t: (weights * t * t).sum(), x, name)
    truncation = 2 * weights * step * 8 / 2 if order == 1 else 0.0
    rounding = HEADROOM * unit(float) * (weights * x * x).sum() * np.sqrt(6) / step
    rounding = rounding if name in STEPS else HEADROOM * unit(float) * 2 * weights * abs(x)
    assert np.all(abs(gradient - 2 * weights * x) <= truncation + rounding)


@pytest.mark.parametrize(
    ("e", "printed"),
    [
        (X * 0 + Y * 1 - 0, "y"),
        (X + X, "2 * x"),
        (X - X, "0"),
        (X**1 * Y**0, "x"),
        ((ONE * 1 / 3 + ONE / 6) * X, "1/2 * x"),
        (2 * (X * 3), "6 * x"),
        (X - (-Y), "x + y"),
        (X + (-3) * Y, "x - 3 * y"),
        (X / (Y / X), "x / (y / x)"),
        (X / Y / X, "x / y / x"),
        (X - (Y - X), "x - (y - x)"),
        ((X + Y) * (X - Y), "(x + y) * (x - y)"),
        ((X**Y) ** X, "(x^y)^x"),
        (X ** (Y**X), "x^y^x"),
        ((-X) ** 2, "(-x)^2"),
        (-(X**2), "-x^2"),
        (X ** Number(-ONE.value), "x^(-1)"),
        (derivative(function("sin", X**2), "x"), "2 * cos(x^2) * x"),
        (derivative(X**Y, "y"), "x^y * log(x)"),
        (derivative(Y, "x"), "0"),
    ],
)
def test_expressions_are_simplified_and_printed(e, printed):
    assert str(e) == printed


@settings(deadline=None, max_examples=100)
@given(expressions(8), EIGHTHS, EIGHTHS)
def test_what_is_printed_is_what_is_meant(e, x, y):
    functions = {name: getattr(np, name) for name in FUNCTIONS}
    mine = value(e, x, y)
    assume(tame(mine))
    try:
        with np.errstate(all="ignore"):
            numbers = {"x": exact(x), "y": exact(y)}
            read = exact(eval(str(e).replace("^", "**"), functions, numbers))
    except ZeroDivisionError:  # Python's own numbers raise where numpy's are infinite
        reject()
    assume(tame(read))
    assert close(mine, read, 1e-12 * abs(float(mine)))  # constants that are read are floats


def test_expressions_swell_where_a_graph_shares():
    """The derivative of a product of n factors is written with more than n times as much."""
    product = X
    sizes = []
    for _ in range(4):
        product = product * function("sin", product)
        sizes.append(size(derivative(product, "x")) / size(product))
    assert sizes == sorted(sizes)
    assert sizes[-1] > 4
