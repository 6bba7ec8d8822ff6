"""A backward that is right for the student's own forward is said to be, and no other one."""

import dataclasses

import numpy as np
import pytest
from every_task import TASKS, bank_of, form_of

from checker import kinds, trial
from checker.bank import Result
from checker.diagnosis import diagnose, own
from checker.diagnosis.evidence import Evidence
from checker.equations import parts
from checker.kinds import form

BACKWARD = [t for t in TASKS if t.asks in ("backward", "gradient") and t.operation != "step"]
every_backward = pytest.mark.parametrize(
    "task", BACKWARD, ids=[f"{t.operation}-{t.asks}" for t in BACKWARD]
)


def evidence(task, forward, backward, **settings):
    """Of a submission with these two, the forward being a task with these settings."""
    asked, questions = form_of(task), form(kinds.asked(task), "forward")
    first = dataclasses.replace(task, function="mine", asks="forward", **settings)

    def ask(name, _, calls):
        of = (questions, forward) if name == "mine" else (asked, backward)
        return [trial.reply(*of, call) for call in calls]

    judged = trial.judged(asked, bank_of(task), backward)
    return Evidence(task, bank_of(task), judged, ask=ask, siblings={"mine": first})


def scaled(function, factor=1.7):
    def changed(*given, **settings):
        results = tuple(factor * part for part in parts(function(*given, **settings)))
        return results if len(results) > 1 else results[0]

    return changed


@every_backward
def test_it_is_said_of_every_backward_that_fits(task):
    spec = kinds.asked(task)
    finding = own.look(evidence(task, scaled(spec.forward), scaled(spec.backward)))
    assert finding.mistake == "derivative_of_another_forward"
    assert "is the right derivative of your mine" in finding.misconception


@every_backward
def test_it_is_not_said_where_the_forward_is_right_or_another_factor_is_there(task):
    spec = kinds.asked(task)
    assert own.look(evidence(task, spec.forward, scaled(spec.backward))) is None
    assert own.look(evidence(task, scaled(spec.forward), scaled(spec.backward, 1.701))) is None


def test_a_right_forward_is_not_blamed():
    """Not even where a course expects another gradient than its derivative."""
    task = one("sigmoid")
    spec, bank = kinds.asked(task), bank_of(task)
    doubled = [
        dataclasses.replace(case, results=[Result(2 * r.low, 2 * r.high, r.bound)])
        for case in bank.cases
        for r in case.results
    ]
    found = evidence(task, spec.forward, spec.backward)
    bank = dataclasses.replace(bank, cases=doubled)
    judged = trial.judged(form_of(task), bank, spec.backward)
    assert {j.verdict for j in judged} >= {"wrong"}
    assert own.look(dataclasses.replace(found, bank=bank, judged=judged)) is None


def one(operation):
    return next(t for t in BACKWARD if (t.operation, t.asks) == (operation, "backward"))


def test_a_known_mistake_is_followed_by_what_it_comes_from():
    """Who forgets the bias has nothing to differentiate by it."""

    def backward(grad, x, weight, bias):
        return grad @ weight.T, x.T @ grad, np.zeros_like(bias)

    finding = diagnose(evidence(one("dense"), lambda x, weight, bias: x @ weight, backward))
    assert finding.certainty == "certain"
    assert finding.misconception == "The bias gradient is zero, so the bias would never be learned."
    assert finding.also == ("dense is the right derivative of your mine: it is mine that differs.",)


def logistic(x):
    return 1 / (1 + np.exp(-x))


def test_at_a_kink_either_slope_is_a_derivative():
    task = one("relu")
    for least in (0.0, 0.5, 1.0):

        def slope(grad, x, least=least):
            return 3 * grad * np.where(x == 0, least, x > 0)

        assert own.look(evidence(task, lambda x: 3 * np.maximum(x, 0), slope))
    outside = evidence(
        task, lambda x: 3 * np.maximum(x, 0), lambda g, x: g * 3 * np.where(x == 0, 1.1, x > 0)
    )
    assert own.look(outside) is None


def test_a_forward_without_complex_numbers_will_do():
    """Nothing but its values is needed: it may take absolute values and compare."""
    task = one("sigmoid")

    def forward(x):
        return np.where(x < 0, np.exp(-np.abs(x)), 1.0) / (1 + np.exp(-abs(x))) * 3

    def backward(grad, x):
        return grad * forward(x) * (3 - forward(x)) / 3

    assert own.look(evidence(task, forward, backward))


def test_a_forward_too_coarse_to_differentiate_tells_nothing():
    task = one("sigmoid")

    def coarse(x):
        return 3 * np.asarray(logistic(x), dtype=np.float32)

    def backward(grad, x):
        return 3 * grad * logistic(x) * (1 - logistic(x))

    assert own.look(evidence(task, coarse, backward)) is None
    assert own._agree(np.array([1.5, 2.0]), [(1.0, 1.0, 0.4), (2.0, 2.0, 0.0)]) is None
    assert own._agree(np.array([1.0, 2.0]), [(1.0, 1.0, 1e-9), (2.0, 2.0, 0.0)]) is True
    assert own._agree(np.array([1.5, 2.1]), [(1.0, 1.0, 0.4), (2.0, 2.0, 0.0)]) is False


def test_a_forward_with_other_settings_is_another_function():
    task, spec = one("leaky_relu"), kinds.asked(one("leaky_relu"))
    made = evidence(task, scaled(spec.forward), scaled(spec.backward), arguments=())
    assert own.look(made) is None


@pytest.mark.parametrize("answer", [None, np.zeros((2, 2, 2)), "text"])
def test_a_forward_that_answers_something_odd_tells_nothing(answer):
    spec = kinds.asked(one("dense"))
    assert own.look(evidence(one("dense"), lambda *_: answer, scaled(spec.backward))) is None
