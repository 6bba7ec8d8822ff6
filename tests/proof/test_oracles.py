"""What each oracle of the proof is there to notice, it notices; and it says what is wrong where."""

import dataclasses
import functools

import numpy as np
import pytest

from checker.proof import verify
from checker.proof.oracles import adjoint, derivative, deviations, edges, kinks, versions
from reference.catalogue import operation


def only(spec, oracle):
    (row,) = verify.verify({spec.name: spec}, only=(oracle,))
    return row


def changed(name, **fields):
    return dataclasses.replace(operation(name), **fields)


def test_a_forward_that_drops_the_imaginary_part_is_differentiated_by_differences():
    def blind(x):
        return np.tanh(x.real)

    blind.__annotations__ = operation("tanh").forward.__annotations__
    blind.__module__ = "reference.activations.tanh"
    spec = changed("tanh", forward=blind)
    assert not derivative.complex_safe(spec)
    row = only(spec, "differences")
    assert row.passed
    assert row.cases >= 30
    assert not only(dataclasses.replace(spec, backward=lambda g, x: (g,)), "differences").passed


@pytest.mark.parametrize("name", ["dense", "softmax", "binary_cross_entropy", "relu"])
def test_the_differences_stay_within_their_bound(name):
    spec = operation(name)
    for case in derivative.series(spec.arguments, spec.possible, 20):
        equations = derivative.derivative(spec, derivative.differences, case)
        assert max(equation.ratio for equation in equations) < 1


def test_a_wrong_gradient_is_reported_by_coordinate():
    def backward(grad, x, weight, bias):
        dx, dweight, dbias = operation("dense").backward(grad, x, weight, bias)
        dweight = np.where(np.arange(dweight.size).reshape(dweight.shape) == 0, 0, 1) * dweight
        return dx, dweight, dbias

    failure = only(changed("dense", backward=backward), "complex step").failure
    assert failure.startswith("gradient of weight[0, 0]: got ")
    assert "want " in failure
    assert "bound " in failure


def test_arguments_that_enter_linearly_are_found():
    assert adjoint.affine(operation("dense")) == ("x", "weight", "bias")
    assert adjoint.affine(operation("two_layer")) == ()
    assert adjoint.affine(operation("tanh")) == ()


def test_an_operation_that_writes_into_its_argument_is_noticed():
    def backward(grad, x):
        if isinstance(x, np.ndarray):
            x *= 1 + 1e-9
        return operation("tanh").backward(grad, x)

    assert "x after the call" in only(changed("tanh", backward=backward), "untouched").failure


def test_an_operation_that_looks_at_memory_is_noticed():
    def backward(grad, x):
        if isinstance(x, np.ndarray) and x.ndim > 1 and not x.flags.c_contiguous:
            return (0 * grad,)
        return operation("tanh").backward(grad, x)

    assert "arguments " in only(changed("tanh", backward=backward), "layouts").failure


def test_the_other_side_of_a_kink_is_noticed():
    right = operation("relu")

    def backward(grad, x, *, at_zero=1.0):
        return right.backward(grad, x, at_zero=at_zero)

    backward.__annotations__ = right.backward.__annotations__
    wrong = dataclasses.replace(right, backward=backward)
    assert only(right, "kinks").passed
    assert "at a kink" in only(wrong, "kinks").failure


def test_a_convention_of_one_torch_version_is_expected(monkeypatch):
    entry = {"operation": "relu", "setting": "at_zero", "value": 1.0}
    monkeypatch.setattr(kinks, "table", lambda: (entry,))
    assert not only(operation("relu"), "kinks").passed


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        ({}, True),
        ({"since": "2.0"}, True),
        ({"since": "99.0"}, False),
        ({"until": "2.0"}, False),
        ({"since": "1.0", "until": "99"}, True),
    ],
)
def test_versions_are_compared_as_numbers(entry, holds):
    assert versions.holds(entry) == holds


def test_a_wrong_infinity_is_noticed_at_the_edges():
    def forward(x):
        return np.where(x > 1e300, 1.0, operation("tanh").forward(x))

    def odd(x):
        return np.where(x < -1e300, 1.0, operation("tanh").forward(x))

    for function in (forward, odd):
        function.__annotations__ = operation("tanh").forward.__annotations__
        function.__module__ = "reference.activations.tanh"
    assert only(changed("tanh", forward=forward), "edges").passed
    assert "-inf in x: output[0, 0]: got" in only(changed("tanh", forward=odd), "edges").failure


def test_where_torch_raises_the_reference_must_raise(monkeypatch):
    monkeypatch.setattr(deviations, "listed", tuple)

    def refusing(torch, x):
        raise RuntimeError("not today")

    row = only(changed("tanh", torch=refusing), "edges")
    assert "only torch raises RuntimeError: not today" in row.failure


def test_edges_cover_what_they_promise():
    titles = " ".join(edges.oracle(operation("dense"), None))
    for wanted in ("empty batch", "size-1 axes", "nan", "-inf", "-0.0", "subnormal", "ties"):
        assert wanted in titles
    assert "lowest in probability" in edges.oracle(operation("binary_cross_entropy"), None)
    assert "huge in logits, float32" in edges.oracle(operation("softmax_cross_entropy"), None)


def test_a_result_that_shares_memory_with_an_argument_is_noticed():
    spec = operation("reshape")

    @functools.wraps(spec.run)
    def view(x, *, shape=(-1,)):
        return np.reshape(x, (len(x), *shape))

    failure = only(changed("reshape", run=view), "untouched").failure
    assert failure.startswith("result 0 shares memory with x")
    assert only(spec, "untouched").passed


def test_a_procedure_that_turns_float32_into_float64_is_noticed():
    spec = operation("standardise")

    @functools.wraps(spec.run)
    def doubled(*arguments, **settings):
        results = spec.run(*arguments, **settings)
        return tuple(r.astype(float) for r in results) if type(results) is tuple else results * ONE

    failure = only(changed("standardise", run=doubled), "float32").failure
    assert "which became float64" in failure
    assert only(spec, "float32").passed


ONE = np.ones(())  # of float64
