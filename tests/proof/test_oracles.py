"""What each oracle of the proof is there to notice, it notices; and it says what is wrong where."""

import dataclasses
import functools

import numpy as np
import pytest

from checker.numerics.equations import Equation
from checker.proof import construction, verify
from checker.proof.kinds import experiment
from checker.proof.oracle import CaseOracle, NotComparedError
from checker.proof.oracles import deviations, edges, exact, kinks, torch_agreement, versions
from checker.proof.trial import Trial
from reference.catalogue import operation


def only(spec, oracle):
    (row,) = verify.verify({spec.name: spec}, only=(oracle,))
    return row


def changed(name, **fields):
    return dataclasses.replace(operation(name), **fields)


def test_a_wrong_gradient_is_reported_by_coordinate():
    def backward(grad, x, weight, bias):
        dx, dweight, dbias = operation("dense").backward(grad, x, weight, bias)
        dweight = np.where(np.arange(dweight.size).reshape(dweight.shape) == 0, 0, 1) * dweight
        return dx, dweight, dbias

    failure = only(changed("dense", backward=backward), "derivative").failure
    assert failure.startswith("gradient of weight[0, 0]: got ")
    assert "want " in failure
    assert "bound " in failure


def test_an_operation_that_writes_into_its_argument_is_noticed():
    def backward(grad, x):
        if isinstance(x, np.ndarray):
            x *= 1 + 1e-9
        return operation("tanh").backward(grad, x)

    assert "x after the call" in only(changed("tanh", backward=backward), "untouched").failure


def test_an_operation_that_looks_at_memory_is_noticed():
    def backward(grad, x):
        if x.ndim > 0 and min(x.strides) < 0:
            return (0 * grad,)
        return operation("tanh").backward(grad, x)

    assert "inputs stored backwards" in only(changed("tanh", backward=backward), "layouts").failure


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


@pytest.mark.parametrize(
    ("by", "draws", "passes"), [(4e-16, 2, True), (4e-16, 0, False), (1e-12, 2, False)]
)
def test_an_edge_that_differs_by_more_than_a_rounding_is_judged_by_its_moves(
    monkeypatch, by, draws, passes
):
    def forward(x):
        return np.sin(1000 * x)

    def backward(grad, x):
        return (1000 * grad * np.cos(1000 * x),)

    def theirs(torch, x):
        return torch.sin(1000 * (1 + by) * x)

    right = operation("tanh")
    forward, backward = (
        functools.wraps(old)(new)
        for old, new in ((right.forward, forward), (right.backward, backward))
    )
    monkeypatch.setattr(edges, "DRAWS", draws)
    spec = changed("tanh", forward=forward, backward=backward, torch=theirs)
    cases = edges.oracle(spec)
    row = verify.go_through("tanh", "edges", {"usual sizes": cases["usual sizes"]})
    assert row.passed == passes


def test_an_experiment_is_run_once_for_all_its_properties():
    right, calls = operation("loss_curve"), []

    def run(*arguments, **settings):
        calls.append(settings)
        return right.run(*arguments, **settings)

    spec = changed("loss_curve", run=functools.wraps(right.run)(run))
    trials = construction.cases(spec).trials[:2]
    by_name = verify.oracles(spec)
    calls.clear()
    properties = [title for title in by_name if title.startswith("property")]
    rows = [verify.go_over("loss_curve", title, by_name[title], trials) for title in properties]
    assert all(row.passed and row.cases == 2 for row in rows)
    assert len(properties) > 2
    assert len(calls) == 2


def test_few_cases_of_an_experiment_are_asked_for_its_contract():
    contract = ("untouched", "layouts")
    few, many = (verify.oracles(operation(name)) for name in ("loss_curve", "standardise"))
    assert all(few[title].most == experiment.CASES < many[title].most for title in contract)


def test_where_torch_raises_the_reference_must_raise(monkeypatch):
    monkeypatch.setattr(deviations, "listed", lambda version="": ())

    def refusing(torch, x):
        raise RuntimeError("not today")

    row = only(changed("tanh", torch=refusing), "edges")
    assert "only torch raises RuntimeError: not today" in row.failure


def test_edges_cover_what_they_promise():
    titles = " ".join(edges.oracle(operation("dense")))
    for wanted in ("empty batch", "size-1 axes", "nan", "-inf", "-0.0", "subnormal", "ties"):
        assert wanted in titles
    assert "lowest in probability" in edges.oracle(operation("binary_cross_entropy"))
    assert "huge in logits, float32" in edges.oracle(operation("softmax_cross_entropy"))


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

    failure = only(changed("standardise", run=doubled), "accuracy float32").failure
    assert "which became float64" in failure
    assert only(spec, "accuracy float32").passed


ONE = np.ones(())  # of float64


def test_an_oracle_that_compares_no_case_is_a_failure():
    spec = operation("tanh")
    trials = construction.cases(spec).trials

    def refuses(trial):
        raise NotComparedError

    for oracle in (
        CaseOracle(refuses),
        CaseOracle(lambda trial: []),
        CaseOracle(lambda trial: [Equation("", *map(np.array, (1.0, 1.0, 0.0)))], lambda t: False),
    ):
        assert verify.go_over("tanh", "x", oracle, trials).failure == "no case was compared"


def test_at_most_so_many_cases_are_compared_and_they_lie_apart():
    spec, seen = operation("tanh"), []
    trials = construction.cases(spec).trials

    def ask(trial):
        seen.append(trial.number)
        return [Equation("", *map(np.array, (1.0, 1.0, 0.0)))]

    row = verify.go_over("tanh", "x", CaseOracle(ask, most=5), trials)
    assert row.cases == row.equations == 5
    assert len(set(seen)) == 5
    assert max(seen) > 0.6 * len(trials) > 0.4 * len(trials) > min(seen)


def test_what_torch_loses_is_measured_by_the_same_bound_and_is_no_failure():
    """torch computes in float16 here, which is not our mistake."""

    right = operation("dense")

    def coarse(torch, x, weight, bias):
        return right.torch(torch, x, weight, bias).half().to(x.dtype)

    wrong = changed("dense", torch=coarse)
    assert only(right, "accuracy float64").theirs < 1
    row = only(wrong, "accuracy float64")
    assert row.passed
    assert row.theirs > 1e6
    assert not only(wrong, "torch float64").passed


def test_a_listed_deviation_has_to_occur_and_excuses_only_what_it_names(monkeypatch):
    entry = deviations.Deviation("tanh", "edges", "nan in x", "for a test")
    monkeypatch.setattr(deviations, "listed", lambda version="": (entry,))
    assert "no longer occurs" in only(operation("tanh"), "edges").failure

    def without_nan(torch, x):
        return torch.nan_to_num(torch.tanh(x), nan=7.0)

    row = only(changed("tanh", torch=without_nan), "edges")
    assert row.deviations == (str(entry),)
    assert row.failure.startswith("nan in x, float32: ")


def test_an_operation_without_torch_has_the_oracles_that_need_none():
    titles = verify.oracles(changed("tanh", torch="it has no such function")).keys()
    assert {"derivative", "accuracy float64", "accuracy float32", "untouched"} <= titles
    assert not any(title.startswith("torch") or title == "edges" for title in titles)


def test_half_precision_has_its_own_bounds():
    right = operation("tanh")

    def backward(grad, x):
        return (right.backward(grad, x)[0] * 1.5,)

    for name in ("torch float16", "torch bfloat16"):
        assert only(right, name).passed
        assert not only(changed("tanh", backward=backward), name).passed


def test_a_property_holds_to_the_last_of_twenty_five_digits():
    def odd(f, x):
        return f(-x), -f(x) * (1 + 1e-15)

    def even(f, x):
        return f(-x), f(x)

    assert only(changed("tanh", properties=(even,)), "property even").failure
    assert only(changed("tanh", properties=(odd,)), "property odd").failure
    assert only(operation("tanh"), "property odd").worst < 1e-3


def test_torch_that_computes_something_else_is_noticed_in_each_dtype():
    wrong = changed("tanh", torch=lambda torch, x: torch.tanh(x) * (1 + 1e-5))
    for dtype in (np.float64, np.float32):
        trial = Trial(wrong, {"x": np.array([[0.5, -1.0]])})
        assert max(e.ratio for e in torch_agreement.agree(trial, dtype)) > 1
    assert max(e.ratio for e in exact.in_double(Trial(wrong, {"x": np.array([0.5])}))) < 1


def test_a_failing_case_is_made_smaller():
    def forward(x):
        return np.where(x > 2, 2.0, operation("tanh").forward(x))

    forward = functools.wraps(operation("tanh").forward)(forward)
    row = only(changed("tanh", forward=forward), "torch float64")
    assert "for x = [" in row.failure
    assert len(row.failure.partition("for x = ")[2]) < 30
