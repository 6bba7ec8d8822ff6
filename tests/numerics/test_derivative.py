"""The derivative in exact arithmetic notices what is wrong by one part in 10^20, and no less."""

import dataclasses
from typing import Annotated as Shaped

import numpy as np
import pytest

from checker.numerics.derivative import agreement, derivative, lifted, upstream_is_linear
from checker.numerics.exact import Exact, exact
from checker.numerics.gradients import (
    backward,
    conventions,
    differentiable,
    direction,
    split,
    wanted,
    with_upstream,
)
from checker.numerics.inputs import series
from reference.catalogue import operation
from reference.spec import Real, Spec

NAMES = ("dense", "softmax", "binary_cross_entropy", "mse", "batch_norm_train", "prelu", "l2")


def cases(spec, count=6):
    """A few cases with upstream gradients, the small ones last."""
    made = list(series(spec.arguments, spec.possible, count, spreads=(1.0, 0.5)))
    return [with_upstream(spec, case) for case in made][::-1]


def worst(spec, ask=derivative, count=4):
    with np.errstate(all="ignore"):
        return max(e.ratio for inputs in cases(spec, count) for e in ask(spec, inputs))


def changed(spec, change):
    """The function with its gradients changed: `change` takes the list of them and the case."""

    def wrong(grad, *arguments, **settings):
        found = list(spec.backward(grad, *arguments, **settings))
        return tuple(change(found))

    return dataclasses.replace(spec, backward=wrong)


@pytest.mark.parametrize("name", NAMES)
def test_a_right_backward_has_twenty_five_digits(name):
    assert worst(operation(name)) < 1e-3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("by", [1e-20, -1e-20, 1e-8, 1.0])
def test_a_backward_that_is_wrong_by_so_little_is_noticed(name, by):
    right = operation(name)
    assert worst(changed(right, lambda found: [g * (1 + exact(by)) for g in found])) > 1


@pytest.mark.parametrize("by", [1e-27, 1e-30])
def test_what_is_below_the_digits_that_are_compared_is_right(by):
    wrong = changed(operation("dense"), lambda found: [g * (1 + exact(by)) for g in found])
    assert worst(wrong) < 1


@pytest.mark.parametrize("name", NAMES)
def test_one_entry_that_is_wrong_is_noticed(name):
    def change(found):
        first = found[0].copy()
        if first.size:
            first.flat[first.size // 2] *= 1 + exact(1e-15)
        return [first, *found[1:]]

    assert worst(changed(operation(name), change)) > 1


@pytest.mark.parametrize("k", range(3))
def test_an_argument_is_named_whose_gradient_is_small_beside_the_others(k):
    """All arguments are moved at once, each by its own size."""
    right, name = operation("dense"), ("x", "weight", "bias")[k]
    sizes = [1e8 if at == (k + 1) % 3 else 1.0 for at in range(3)]

    def change(found):
        return [g * (1 + exact(1e-15)) if at == k else g for at, g in enumerate(found)]

    for inputs in cases(right, 2):
        case = {n: inputs[n] * size for n, size in zip(("x", "weight", "bias"), sizes, strict=True)}
        failed = [e for e in derivative(changed(right, change), {**inputs, **case}) if e.ratio > 1]
        assert failed
        assert all(f"gradient of {name}[" in equation.about for equation in failed)


def test_errors_that_cancel_in_a_sum_are_noticed():
    def change(found):
        signs = np.where(np.arange(found[0].size) % 2, 1, -1).reshape(found[0].shape)
        return [found[0] + exact(1e-12) * signs, *found[1:]]

    assert worst(changed(operation("dense"), change)) > 1


def test_a_wrong_gradient_is_reported_by_its_coordinate():
    def change(found):
        weight = found[1].copy()
        weight[0, -1] = weight[0, -1] * 2
        return [found[0], weight, found[2]]

    wrong = changed(operation("dense"), change)
    (inputs, *_) = cases(wrong)
    loudest = max(derivative(wrong, inputs), key=lambda equation: equation.ratio)
    assert loudest.about == f"gradient of weight[0, {inputs['weight'].shape[1] - 1}]"
    assert str(loudest).startswith(f"{loudest.about}: got ")


def test_a_gradient_of_another_shape_is_noticed():
    wrong = changed(operation("dense"), lambda found: [*found[:2], found[2].sum()])
    (inputs, *_) = cases(wrong)
    failed = [equation for equation in derivative(wrong, inputs) if equation.ratio > 1]
    assert [(e.about, e.ratio) for e in failed] == [("gradient of bias", np.inf)]
    assert "shape" in str(failed[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda found: found[:2], "a tuple of 3 gradients"),
        (lambda found: [*found, found[0]], "a tuple of 3 gradients"),
        (lambda found: [None, *found[1:]], "the gradient of x should be"),
    ],
)
def test_a_missing_or_an_extra_gradient_is_a_type_error(change, words):
    wrong = changed(operation("dense"), change)
    (inputs, *_) = cases(wrong)
    with pytest.raises(TypeError, match=words):
        derivative(wrong, inputs)
    right = operation("dense")
    alone = dataclasses.replace(right, backward=lambda *a, **s: right.backward(*a, **s)[0])
    with pytest.raises(TypeError, match="a tuple of 3 gradients"):
        derivative(alone, inputs)


def test_a_gradient_of_what_is_none_is_a_type_error():
    spec = operation("layer_norm")
    inputs = next(
        case
        for case in (dict(c) for c in series(spec.arguments, spec.possible, 60))
        if any(value is None for value in case.values())
    )
    absent = [name for name, value in inputs.items() if value is None]
    full = with_upstream(spec, inputs)
    grads, case = split(full)
    assert not set(absent) & set(wanted(spec, case))
    assert len(backward(spec, grads, case)) == len(wanted(spec, case))
    extra = changed(spec, lambda found: [exact(1.0) if g is None else g for g in found])
    with pytest.raises(TypeError, match=f"the gradient of {absent[0]} should not be"):
        derivative(extra, full)


def test_entries_on_a_kink_are_left_out_and_others_are_not():
    """Any number is right at zero, where the backward has a choice, and only there."""
    right = operation("relu")
    x = np.array([[-1.0, 0.0], [2.0, 0.0]])
    inputs = {"x": x, "upstream 0": direction(x.shape, 0)}

    def with_gradient(at, value):
        def wrong(grad, x, *, at_zero=0.0):
            (gradient,) = right.backward(grad, x, at_zero=at_zero)
            return (np.where(at(x), value, gradient),)

        wrong.__annotations__ = right.backward.__annotations__
        return dataclasses.replace(right, backward=wrong)

    def ratio(spec):
        return max(equation.ratio for equation in derivative(spec, inputs))

    assert ratio(right) < 1
    assert ratio(with_gradient(lambda x: x < 0, 1e-9)) > 1
    assert ratio(with_gradient(lambda x: x > 1, 7.0)) > 1
    at_kink = dataclasses.replace(
        right, backward=lambda grad, x, *, at_zero=0.0: right.backward(grad, x, at_zero=at_zero)
    )
    assert at_kink.kinks is None  # no annotations, so no choice is declared
    assert ratio(at_kink) > 1


def test_entries_that_are_a_convention_are_left_out_and_others_are_not():
    right = operation("mse")
    names = wanted(right, cases(right)[0])

    def marked(mask):
        wrong = changed(right, lambda found: [2 * found[0], *found[1:]])
        return dataclasses.replace(
            wrong, by_convention=lambda **case: [mask] + [False] * (len(names) - 1)
        )

    assert worst(marked(False)) > 1
    assert worst(marked(True)) < 1
    assert set(conventions(right, cases(right)[0])) == set(names)


def of_numbers(function, slope):
    """An operation on single numbers, and its inputs at 0."""

    def forward(x: Shaped[Real, "..."]) -> Shaped[Real, "..."]:
        return function(x)

    spec = Spec(forward=forward, backward=lambda g, x: (g * slope(x),), torch="", properties=())
    return spec, {"x": np.zeros(2), "upstream 0": direction((2,), 0)}


@pytest.mark.parametrize(
    ("function", "slope", "by"),
    [
        (lambda x: x**3, lambda x: 3 * x**2, 1e-50),
        (lambda x: x * abs(x), lambda x: 2 * abs(x), 1e-25),
        (lambda x: 1e-40 * x + np.sin(x) - x, lambda x: 1e-40 + np.cos(x) - 1, 1e-50),
    ],
)
def test_what_is_neglected_beside_a_gradient_of_zero_is_no_mistake(function, slope, by):
    assert max(e.ratio for e in derivative(*of_numbers(function, slope))) < 1
    wrong, inputs = of_numbers(function, lambda x: slope(x) + exact(by))
    assert max(e.ratio for e in derivative(wrong, inputs)) > 1


def test_a_jump_has_no_gradient_of_zero():
    jump, inputs = of_numbers(lambda x: (x > 0) * exact(1.0), lambda x: 0 * x)
    assert max(e.ratio for e in derivative(jump, inputs)) > 1


def test_a_constant_that_is_rounded_is_named_with_the_gradient():
    wrong = of_numbers(lambda x: np.exp(x) * exact(0.3) ** 2, lambda x: np.exp(x) * 0.3**2)
    (worst, *_) = [str(e) for e in derivative(*wrong) if e.ratio > 1]
    assert worst.startswith("gradient of x[")
    assert " than 0.0" in worst
    assert "such as C**2 of a constant C" in worst


def test_a_backward_that_is_not_linear_in_the_upstream_is_noticed():
    right = operation("tanh")
    assert worst(right, upstream_is_linear) < 1
    for change in (np.sign, np.abs, lambda g: g * g, lambda g: g + exact(1e-15)):
        wrong = dataclasses.replace(
            right, backward=lambda g, x, change=change: right.backward(change(g), x)
        )
        assert worst(wrong, upstream_is_linear) > 1


def test_only_results_with_a_derivative_have_an_upstream():
    spec = operation("softmax_cross_entropy")
    case = dict(next(iter(series(spec.arguments, spec.possible, 4))))
    grads, same = split(with_upstream(spec, case))
    assert all(same[name] is case[name] for name in case)
    assert len(grads) == 1
    assert differentiable(spec, (1.0,)) == (1.0,)


def test_whole_numbers_and_settings_stay_what_they_are():
    found = lifted({"x": np.ones(2), "labels": np.array([1]), "rate": 0.1, "mode": "sum"})
    assert isinstance(found["x"], Exact)
    assert isinstance(found["rate"], Exact)
    assert found["labels"].dtype.kind == "i"
    assert found["mode"] == "sum"


def test_two_exact_results_agree_to_twenty_five_digits_of_the_largest():
    x = exact(np.array([1.0, 1e6]))
    assert agreement("", x, x).ratio == 0
    assert agreement("", x, x + exact(np.array([1e-20, 0]))).ratio < 1
    assert agreement("", x, x + exact(np.array([1e-18, 0]))).ratio > 1
    assert agreement("", x, x + exact(np.array([1e-18, 0])), size=1e9).ratio < 1
    assert agreement("", x, x[:1]).ratio == np.inf
    assert agreement("", x, np.array([1.0, 1e6])).ratio == 0
    with np.errstate(all="ignore"):
        assert agreement("", x, exact(np.array([1.0, np.nan]))).ratio == np.inf
    assert agreement("", exact(np.zeros(2)), exact(np.zeros(2))).ratio == 0
