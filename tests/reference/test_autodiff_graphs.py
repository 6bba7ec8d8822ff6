"""Random graphs of arrays: the gradients equal torch's, within bounds the graph computes itself."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.numerics.conditioning import moves
from checker.numerics.equations import SINGLE, unit
from checker.numerics.exact import exact, rounded
from reference.autodiff import (
    Variable,
    cos,
    exp,
    gradients,
    log,
    matmul,
    maximum,
    sin,
    tanh,
    where,
)

torch = pytest.importorskip("torch")

SHARED = ("exp", "log", "sin", "cos", "tanh", "maximum", "where", "matmul")

OURS = SimpleNamespace(
    exp=exp,
    log=log,
    sin=sin,
    cos=cos,
    tanh=tanh,
    maximum=maximum,
    where=where,
    matmul=matmul,
    sum=lambda x, axis, keep: x.sum(axis=axis, keepdims=keep),
    mean=lambda x, axis: x.mean(axis=axis),
    max=lambda x, axis, keep: x.max(axis=axis, keepdims=keep),
    transpose=lambda x, axes: x.transpose(*axes),
    broadcast=lambda x, shape: x.broadcast(*shape),
    positive=lambda x: x.value > 0,
)
THEIRS = SimpleNamespace(
    **{name: getattr(torch, name) for name in SHARED},
    sum=lambda x, axis, keep: torch.sum(x, dim=axis, keepdim=keep),
    mean=lambda x, axis: torch.mean(x, dim=axis),
    max=lambda x, axis, keep: torch.amax(x, dim=() if axis is None else axis, keepdim=keep),
    transpose=lambda x, axes: x.permute(axes),
    broadcast=torch.broadcast_to,
    positive=lambda x: x.detach() > 0,
)

# Each step takes a library and two arrays a, b from the pool; values stay within a few hundred.
STEPS = {
    "add": lambda f, a, b: a + b,
    "subtract": lambda f, a, b: 1.5 - a - b,
    "multiply": lambda f, a, b: f.tanh(a) * b,
    "divide": lambda f, a, b: a / (1 + b * b),
    "divide_number": lambda f, a, b: 2 / (1 + a * a),
    "power": lambda f, a, b: -(f.tanh(a) ** 3),
    "power_of_variable": lambda f, a, b: (1.25 + f.sin(a)) ** f.cos(b),
    "power_of_number": lambda f, a, b: 2.0 ** f.tanh(a),
    "exp": lambda f, a, b: f.exp(f.sin(a)),
    "log": lambda f, a, b: f.log(2 + a * a),
    "maximum": lambda f, a, b: f.maximum(a, b),
    "where": lambda f, a, b: f.where(f.positive(a), f.sin(a), b),
    "matmul": lambda f, a, b: f.matmul(f.tanh(a), b),
    "sum": lambda f, a, b: f.sum(a, -1, False),
    "sum_kept": lambda f, a, b: f.sum(a, 0, True),
    "mean": lambda f, a, b: f.mean(a, 0),
    "max": lambda f, a, b: f.max(a, -1, False),
    "max_kept": lambda f, a, b: f.max(a, 0, True),
    "transpose": lambda f, a, b: f.transpose(a, tuple(range(a.ndim))[::-1]),
    "rotate": lambda f, a, b: f.transpose(a, (*range(1, a.ndim), 0)),
    "reshape": lambda f, a, b: a.reshape(-1),
    "column": lambda f, a, b: a.reshape(*a.shape, 1),
    "slice": lambda f, a, b: a[..., :1],
    "repeat": lambda f, a, b: a[[0, -1, 0]],
    "broadcast": lambda f, a, b: f.broadcast(a, (2, *a.shape)),
}
SHAPES = st.sampled_from([(), (3,), (1, 3), (2, 3), (3, 3), (2, 1, 3), (2, 3, 3)])
NEED_AN_AXIS = ("sum", "sum_kept", "mean", "max", "max_kept", "slice", "repeat", "rotate")
LARGEST = 500
HEADROOM = 8.0  # between the conditioning and the rounding of all steps
ERROR = 1e-9  # more than any value errs in floats


def possible(step, a, b):
    """Whether shapes allow a step; numpy is asked."""
    if len(a) == 0 and step in NEED_AN_AXIS:
        return False
    try:
        if step == "matmul":
            return 0 < np.matmul(np.empty(a), np.empty(b)).size < LARGEST
        return np.broadcast(np.empty(a), np.empty(b)).size < LARGEST
    except ValueError:
        return False


@st.composite
def programs(draw):
    shapes = draw(st.lists(SHAPES, min_size=2, max_size=3))
    wanted = draw(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), *2 * [st.integers(0, 99)])))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    digits = draw(st.integers(0, 2))  # with none, zeros and ties are among the values
    leaves = [np.asarray(np.round(rng.normal(size=shape), digits)) for shape in shapes]
    return leaves, wanted


def run(program, library, leaves):
    """The mean of everything computed on the way, so that every step counts."""
    pool = list(leaves)
    for step, i, j in program:
        a, b = pool[i % len(pool)], pool[j % len(pool)]
        if possible(step, tuple(a.shape), tuple(b.shape)) and a.ndim < 4:
            pool.append(STEPS[step](library, a, b))
    total = sum(each.reshape(-1).mean() for each in pool)
    return total, pool


def decided(pool):
    """Whether no choice at a kink hangs on a rounding error."""
    return all(CHOICES[node.name](node) for node in pool if node.name in CHOICES)


def apart(a, b):
    """Entry by entry: the two differ by more than floats may err, or are floats themselves."""
    known = (exact(rounded(a)) == a) & (exact(rounded(b)) == b)
    return bool(np.all((np.abs(rounded(a - b)) > ERROR) | known))


def one_winner(node):
    (x,) = (parent.value for parent, _ in node.parents)
    ordered = np.sort(x, axis=None)
    return apart(ordered[1:], ordered[:-1])


CHOICES = {
    "maximum": lambda node: apart(node.parents[0][0].value, node.parents[-1][0].value),
    "where": lambda node: apart(node.parents[0][0].parents[0][0].value, exact(0.0)),
    "max": one_winner,
}


@settings(deadline=None, max_examples=100)
@given(programs())
def test_gradients_of_random_graphs_equal_torchs(drawn):
    leaves, program = drawn
    variables = [Variable(exact(leaf)) for leaf in leaves]
    output, pool = run(program, OURS, variables)
    assume(decided(pool))
    mine = gradients(output, variables, exact(1.0))
    largest = max(np.max(np.abs(rounded(a)), initial=1.0) for a in (*mine, *values_of(pool)))
    tensors = [torch.tensor(leaf, requires_grad=True) for leaf in leaves]
    expected, _ = run(program, THEIRS, tensors)
    theirs = torch.autograd.grad(expected, tensors)
    for right, other, move in zip(mine, theirs, moves_of(program, leaves), strict=True):
        assert right.shape == tuple(other.shape)
        bound = HEADROOM * unit(float) * (move / SINGLE + largest)
        assert np.all(np.abs(rounded(right) - other.numpy()) <= bound)


def values_of(pool):
    return [node.value for node in pool]


def moves_of(program, leaves):
    """How far each gradient moves when the leaves are rounded to single precision."""

    def compute(inputs):
        variables = [Variable(inputs[str(i)]) for i in range(len(leaves))]
        return gradients(run(program, OURS, variables)[0], variables)

    inputs = {str(i): leaf for i, leaf in enumerate(leaves)}
    return moves(compute, inputs, compute(inputs))


@pytest.mark.parametrize("library", [OURS, THEIRS])
@pytest.mark.parametrize("step", ["maximum", "max"])
def test_ties_share_the_gradient_evenly(library, step):
    values = np.array([2.0, 2.0, 1.0])
    make = Variable if library is OURS else lambda x: torch.tensor(x, requires_grad=True)
    a, b = make(values), make(values)
    y = STEPS[step](library, a, b).sum()
    grad = gradients(y, [a])[0] if library is OURS else torch.autograd.grad(y, [a])[0].numpy()
    assert np.array_equal(grad, [0.5, 0.5, 0.0] if step == "max" else [0.5, 0.5, 0.5])


@pytest.mark.parametrize(("base", "exponent"), [(0.0, 0.0), (0.0, 2.0), (0.0, 1.0), (2.0, 0.0)])
def test_powers_at_zero_are_torchs(base, exponent):
    a, b = Variable(base), Variable(exponent)
    x, y = (torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (base, exponent))
    theirs = torch.autograd.grad(x**y, [x, y])
    mine = gradients(a**b, [a, b])
    # torch itself takes log 0 at 0^0, where the slope in the exponent does not exist
    assert mine[0] == theirs[0].item()
    assert mine[1] == (0.0 if base == 0 else theirs[1].item())


def test_a_shared_node_adds_up_what_arrives():
    x = Variable(3.0)
    y = x * x
    assert gradients(y + y * x, [x]) == [2 * 3.0 + 3 * 3.0**2]


def test_each_node_passes_its_gradient_on_once():
    """Doubling forty times makes 2^40 paths; walking them one by one would never end."""
    x = Variable(1.0)
    y = x
    for _ in range(40):
        y = y + y
    assert gradients(y, [x]) == [2.0**40]


def test_a_graph_may_be_as_deep_as_memory_allows():
    """A recursion of this depth would overflow the stack of the process."""
    x = Variable(1.0)
    y = x
    for _ in range(100_000):
        y = y + x
    assert gradients(y, [x]) == [100_001.0]


def test_what_the_output_does_not_depend_on_has_gradient_zero():
    x, other = Variable(1.0), Variable(np.ones((2, 3)))
    assert np.array_equal(gradients(x * 2, [other])[0], np.zeros((2, 3)))


def test_gradients_of_variables_inside_the_graph_are_at_hand():
    x = Variable(2.0)
    y = x * x
    assert gradients(y**3, [y, x]) == [3 * 4.0**2, 6 * 2.0**5]


def test_single_precision_stays_single():
    x = Variable(np.ones((2, 3), dtype=np.float32))
    y = (maximum(tanh(x) ** 2, 0.5 * x) @ np.ones((3, 1), np.float32)).mean()
    assert y.value.dtype == np.float32
    assert gradients(y, [x])[0].dtype == np.float32


def test_plain_arrays_are_not_recorded():
    assert isinstance(exp(np.ones(2)), np.ndarray)


def test_arrays_on_the_left_leave_the_operation_to_the_variable():
    x = Variable(np.arange(3.0))
    y = (np.ones((2, 3)) * x).sum() + (np.ones((2, 3)) @ x).sum()
    assert np.array_equal(gradients(y, [x])[0], [4.0, 4.0, 4.0])
