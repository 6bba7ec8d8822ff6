"""A backward is called the derivative of the student's own forward where it is, and only there."""

import dataclasses

import numpy as np
import pytest
from every_task import SAMPLE, call_of, case_set_of, mutants_of, task_of

from checker.audit import trial
from checker.cases.case_set import Result
from checker.cases.forms import configured
from checker.diagnosis import own_forward
from checker.diagnosis.evidence import Evidence
from checker.diagnosis.stages import diagnose
from checker.numerics.equations import parts

BACKWARD = [t for t in SAMPLE if t.asks in ("backward", "gradient")]
every_backward = pytest.mark.parametrize(
    "task", BACKWARD, ids=[f"{t.operation}-{t.asks}" for t in BACKWARD]
)


def evidence(task, forward, backward, **settings):
    """Of a submission with these two, the forward being a task with these settings."""
    first = dataclasses.replace(task, asks="forward")
    mine, asked = call_of(first, forward), call_of(task, backward)
    siblings = {"mine": dataclasses.replace(first, function="mine", **settings)}

    def ask(name, _, calls):
        return [trial.reply(mine if name == "mine" else asked, arguments) for arguments in calls]

    judged = trial.judged(case_set_of(task), asked)
    return Evidence(task, case_set_of(task), judged, mutants_of(task), ask, siblings)


def is_zero(task):
    """Whether the gradient is zero everywhere, as that of a step."""
    answers = [r for case in case_set_of(task).cases for r in case.results]
    return not any(np.any(np.nan_to_num(r.low)) or np.any(np.nan_to_num(r.high)) for r in answers)


def scaled(function, factor=1.7):
    def changed(*given, **settings):
        given_back = parts(function(*given, **settings))
        results = tuple(None if part is None else factor * part for part in given_back)
        return results if len(results) > 1 else results[0]

    return changed


@every_backward
def test_it_is_said_of_every_backward_that_fits(task):
    spec = configured(task)
    found = evidence(task, scaled(spec.forward), scaled(spec.backward))
    finding = own_forward.look(found)
    if is_zero(task):  # whatever the factor, and so it is right
        assert {judged.verdict for judged in found.judged} == {"right"}
        assert finding is None
        return
    assert finding.mistake == "derivative_of_another_forward"
    assert "is the right derivative of your mine" in finding.misconception


@every_backward
def test_it_is_not_said_where_the_forward_is_right_or_another_factor_is_there(task):
    spec = configured(task)
    assert own_forward.look(evidence(task, spec.forward, scaled(spec.backward))) is None
    assert (
        own_forward.look(evidence(task, scaled(spec.forward), scaled(spec.backward, 1.701))) is None
    )


def test_a_right_forward_is_not_blamed():
    """Not even where a course expects another gradient than its derivative."""
    task = one("sigmoid")
    spec, case_set = configured(task), case_set_of(task)
    doubled = [
        dataclasses.replace(case, results=[Result(2 * r.low, 2 * r.high, r.bound)])
        for case in case_set.cases
        for r in case.results
    ]
    found = evidence(task, spec.forward, spec.backward)
    case_set = dataclasses.replace(case_set, cases=doubled)
    judged = trial.judged(case_set, call_of(task, spec.backward))
    assert {j.verdict for j in judged} >= {"wrong"}
    assert own_forward.look(dataclasses.replace(found, case_set=case_set, judged=judged)) is None


def test_results_without_a_derivative_do_not_count():
    task = one("max_pooling")
    spec = configured(task)
    assert own_forward.is_right(evidence(task, spec.forward, spec.backward), "mine")
    assert not own_forward.is_right(evidence(task, scaled(spec.forward), spec.backward), "mine")


def one(operation):
    return task_of(operation, "backward")


def test_a_mutant_is_followed_by_what_it_comes_from():
    """Without the bias in the forward there is no gradient of it."""

    def backward(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, np.zeros_like(bias)

    finding = diagnose(evidence(one("dense"), lambda x, weight, bias: x @ weight, backward))
    assert finding.certainty == "certain"
    assert finding.misconception == "The bias gradient is zero, so the bias would never be learned."
    assert finding.also == ("dense is the right derivative of your mine: the mistake is in mine.",)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def test_at_a_kink_either_slope_is_a_derivative():
    task = one("relu")
    for least in (0.0, 0.5, 1.0):

        def slope(grad, x, least=least):
            return 3 * grad * np.where(x == 0, least, x > 0)

        assert own_forward.look(evidence(task, lambda x: 3 * np.maximum(x, 0), slope))
    outside = evidence(
        task, lambda x: 3 * np.maximum(x, 0), lambda g, x: g * 3 * np.where(x == 0, 1.1, x > 0)
    )
    assert own_forward.look(outside) is None


def test_a_forward_without_complex_numbers_will_do():
    """Nothing but its values is needed: it may take absolute values and compare."""
    task = one("sigmoid")

    def forward(x):
        return np.where(x < 0, np.exp(-np.abs(x)), 1.0) / (1 + np.exp(-abs(x))) * 3

    def backward(grad, x):
        return grad * forward(x) * (3 - forward(x)) / 3

    assert own_forward.look(evidence(task, forward, backward))


def test_a_forward_too_coarse_to_differentiate_tells_nothing():
    task = one("sigmoid")

    def coarse(x):
        return 3 * np.asarray(logistic(x), dtype=np.float32)

    def backward(grad, x):
        return 3 * grad * logistic(x) * (1 - logistic(x))

    assert own_forward.look(evidence(task, coarse, backward)) is None
    coarse, exact = [(1.0, 1.0, 0.4), (2.0, 2.0, 0.0)], [(1.0, 1.0, 1e-9), (2.0, 2.0, 0.0)]
    assert own_forward._agree(np.array([1.5, 2.0]), coarse, False) is None
    assert own_forward._agree(np.array([1.0, 2.0]), exact, False) is True
    assert own_forward._agree(np.array([1.5, 2.1]), coarse, False) is False


def test_a_forward_with_other_settings_is_another_function():
    task, spec = one("leaky_relu"), configured(one("leaky_relu"))
    made = evidence(task, scaled(spec.forward), scaled(spec.backward), arguments=())
    assert own_forward.look(made) is None


@pytest.mark.parametrize("answer", [None, np.zeros((2, 2, 2)), "text"])
def test_a_forward_that_answers_something_odd_tells_nothing(answer):
    spec = configured(one("dense"))
    assert (
        own_forward.look(evidence(one("dense"), lambda *_: answer, scaled(spec.backward))) is None
    )
