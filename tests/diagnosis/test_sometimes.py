"""A known mistake is named where the function is right in some cases, or treats one by itself."""

import re

import numpy as np
from every_task import case_set_of, mutants_of, task_of

from checker.audit import trial
from checker.cases.forms import task_form
from checker.diagnosis import location, unused
from checker.diagnosis.stages import diagnose
from checker.numerics.equations import parts
from checker.sandbox.messages import Returned
from reference.losses import label_smoothing


def evidence(operation, asks, function):
    task = task_of(operation, asks)
    return trial.evidence(
        task, case_set_of(task), mutants_of(task), lambda values: parts(function(*values))
    )


def told(*about):
    finding = diagnose(evidence(*about))
    return finding.mistake, finding.certainty, " ".join([finding.misconception, *finding.also])


def test_a_mistake_behind_a_condition_is_named_with_the_condition():
    def only_if_square(x, weight, bias):
        y = x @ weight
        return y + (bias[:, None] if y.shape[0] == y.shape[1] else bias)

    mistake, certainty, words = told("dense", "forward", only_if_square)
    assert (mistake, certainty) == ("bias_of_the_example", "likely")
    assert "in cases where n and k are equal and not 1" in words


def test_a_mistake_that_gives_nan_for_a_single_row_is_named():
    def by_one_less(train, x):
        spread = np.sqrt(train.var(axis=0) * len(train) / max(1, len(train) - 1))
        return (x - train.mean(axis=0)) / np.where(np.ptp(train, axis=0) == 0, 1, spread)

    def by_one_less_or_nan(train, x):
        return by_one_less(train, x) * (np.nan if len(train) == 1 else 1)

    for function in (by_one_less, by_one_less_or_nan):
        assert told("standardise", "run", function)[0] == "divided_by_one_less"


def test_a_changed_argument_or_formula_is_named_where_the_answers_are_wrong():
    def only_if_square(grad, a, b):
        return grad @ (b if b.shape[0] == b.shape[1] else b.T), a.T @ grad

    _, certainty, words = told("matmul", "backward", only_if_square)
    assert certainty == "likely"
    assert words.startswith("Where they are wrong, your answers are what comes out if")


def test_whole_numbers_are_no_evidence():
    def late(losses, patience, min_delta, window):
        best, at, waited = np.inf, 0, 0
        for epoch in range(1, len(losses) + 1):
            loss = np.mean(losses[max(0, epoch - window) : epoch])
            if loss <= best - min_delta:
                best, at, waited = loss, epoch, 0
            else:
                waited += 1
            if waited > patience:
                return epoch, at
        return len(losses), at

    assert told("early_stopping", "run", late)[1] == "observed"


def test_a_setting_that_makes_no_difference_is_named():
    task = task_of("tape_differences", "run")
    form = task_form(task)

    def with_its_own_h(values):
        inputs, h, tape = values
        return form.call(form.reference, [inputs, 1e-5 + 0 * h, tape])

    def ask(function, count, calls):
        return [Returned([np.asarray(r) for r in with_its_own_h(c)], False) for c in calls]

    found = trial.evidence(task, case_set_of(task), mutants_of(task), with_its_own_h)
    assert "The argument h makes no difference" in unused.look(found).misconception
    assert unused.look(evidence("early_stopping", "run", lambda *_: (1, 1))) is not None


def test_the_range_is_named_where_numbers_are_cut_off():
    def clipped(x):
        return 1 / (1 + np.exp(-np.clip(x, -6, 6)))

    finding = location.look(evidence("sigmoid", "forward", clipped))
    edge = re.search(r"where x is beyond ([\d.]+) in size", finding.misconception)
    assert 4 < float(edge[1]) <= 6  # the largest number in a case that is not cut off


def test_an_answer_that_an_extreme_case_refutes_is_not_named():
    def of_one_hot(target, smoothing, over):
        return label_smoothing.forward(np.floor(target), smoothing=smoothing, over=over)

    _, _, words = told("label_smoothing", "forward", of_one_hot)
    assert "target is rounded down to whole numbers" in words


def test_results_that_are_cut_off_are_named_with_the_limits():
    def clipped(grad, x, weight, bias):
        gradients = grad @ weight.T, x.T @ grad, grad.sum(axis=0)
        return tuple(np.clip(g, -0.7, 0.7) for g in gradients)

    mistake, certainty, words = told("dense", "backward", clipped)
    assert (mistake, certainty) == ("another_result", "likely")
    assert words.count("cut off at -0.7 and 0.7") == 3
