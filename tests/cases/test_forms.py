"""Every operation has a form that a task can name, and the reference passes its own case set."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from every_task import SAMPLE, TASKS, call_of, case_set_of

from checker.audit import trial
from checker.cases import generation
from checker.cases.answering import answered
from checker.cases.comparison import fault
from checker.cases.counterexample import counterexample
from checker.cases.forms import kind, task_form
from checker.cases.forms.optimiser import LENGTHS, LONG
from checker.cases.judge import Judgement
from checker.cases.rounding_stability import steady, tied
from checker.course.assignment import Assignment, Task
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.handout.starter import function
from checker.sandbox.ragged import padded, rows
from reference.catalogue import names, operation


def questions():
    """Those of the sample, and those about operations that have no mutants."""
    for name in names():
        for asks in kind(operation(name)).forms:
            if asks != "gradient" and not getattr(operation(name), "closure", False):
                task = asked_with_all_settings(name, asks)
                if task in SAMPLE or task not in TASKS:
                    yield name, asks


def asked_with_all_settings(name, asks):
    spec = operation(name)
    settings = (a.name for a in spec.arguments if a.tried and not callable(a.tried[0]))
    return Task(name, name, asks, 1, arguments=tuple(settings))


@pytest.mark.parametrize(("name", "asks"), list(questions()))
def test_the_reference_passes_the_case_set_of_each_question(name, asks):
    task = asked_with_all_settings(name, asks)
    made = case_set_of(task) if task in TASKS else generation.generate(task)
    reference = task_form(task).reference
    assert len(made.cases) >= (6 if asks == "show" else 10)
    assert trial.verdict(made, trial.judged(made, call_of(task, reference))) == "right"
    compile(function(task), "starter", "exec")


@pytest.mark.parametrize("name", ["adam", "rprop"])
def test_a_path_has_steps_enough_for_what_an_optimiser_remembers(name):
    cases = generation.generate(asked_with_all_settings(name, "path")).cases
    assert {len(case.arguments[1]) for case in cases} == {*LENGTHS, LONG}


def test_a_decision_that_hangs_on_rounding_is_no_case():
    """0.1 + 0.2 - 0.3 is 0 or not, depending on the order of the sum: no case depends on it."""
    form = task_form(asked_with_all_settings("perceptron", "run"))
    near = answered(form, [np.array([[0.1, 0.2]]), np.array([1.0, 1.0]), -0.3, 1.0])
    tie = answered(form, [np.array([[1.0, 2.0]]), np.array([1.0, 1.0]), -3.0, 1.0])
    assert not steady(form, near)
    assert steady(form, tie)
    assert tied(form, tie)


def test_a_starter_says_what_a_setting_may_be():
    text = function(asked_with_all_settings("toy_path", "run"))
    assert "nesterov       True or False\n" in text
    assert "steps          whole number\n" in text
    assert "learning_rate  number\n" in text
    text = function(asked_with_all_settings("momentum_forms", "run"))
    assert "velocity  text    one of 'outside', 'inside', 'average'\n" in text


def test_rows_of_different_lengths_are_filled_up():
    found = rows([np.array([1, 2]), [3]])
    np.testing.assert_array_equal(padded(found), [[1, 2], [3, np.nan]])


@pytest.mark.parametrize("value", [[np.zeros((1, 2))], ["a"], [[1], [[2]]], 3, None, [], [[1j]]])
def test_what_is_no_list_of_rows_is_not_taken_for_one(value):
    assert rows(value) is None


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("[order[i : i + size] for i in range(0, len(order), size)]", "right"),
        ("tuple(order[i : i + size].tolist() for i in range(0, len(order), size))", "right"),
        ("[order[i : i + size] for i in range(0, len(order) - size + 1, size)]", "wrong"),
        ("np.array(order)", "wrong"),
    ],
)
def test_a_list_of_batches_is_graded_as_one(body, verdict):
    task = Task("batches", "minibatches", "run", 1, arguments=("size",))
    course = Assignment("batches", Path(), "Batches", 2.0, (task,))
    text = f"import numpy as np\n\ndef batches(order, size):\n    return {body}\n"
    report = grade(
        course, {"batches": generation.generate(task)}, Submission("", "a.py", text.encode())
    )
    assert report.tasks[0].verdict == verdict


def test_rows_of_different_lengths_are_shown_without_what_pads_them():
    task = Task("batches", "minibatches", "run", 1, arguments=("size",))
    case_set = generation.generate(task)
    case = next(c for c in case_set.cases if np.isnan(c.results[0].low).any())
    rows = ["[" + " ".join(f"{n:.6g}" for n in r[~np.isnan(r)]) + "]" for r in case.results[0].low]
    judgement = Judgement("wrong", results=[case.results[0].low[:1]], right=(False,))
    shown = counterexample(case_set, case, judgement)
    assert shown["expected"][case_set.results[0]] == " and ".join([", ".join(rows[:-1]), rows[-1]])
    assert shown["got"][case_set.results[0]] == rows[0]
    assert fault(case.results[0], judgement.results[0]).startswith("it is a list of one row")


@pytest.mark.parametrize(
    ("name", "setting", "words"),
    [
        ("broadcast_shape", "other", "tuple  of whole numbers"),
        ("neuron", "activation", "text    one of 'identity', 'sigmoid', 'tanh', 'relu'"),
        ("parameter_counts", "bias", "True or False"),
        ("perceptron_rule", "rate", "number"),
    ],
)
def test_a_starter_says_what_each_setting_is(name, setting, words):
    text = function(asked_with_all_settings(name, "forward" if name == "neuron" else "run"))
    (line,) = (line for line in text.splitlines() if line.split()[:1] == [setting])
    assert line.endswith(words)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("kernel.shape", "right"),
        ("list(kernel.shape)", "right"),
        ("np.array(kernel.shape)", "right"),
        ("np.array(kernel.shape[::-1])", "wrong"),
        ("np.array(kernel.shape[0])", "wrong"),
        ("np.array([*kernel.shape, 1])", "wrong"),
    ],
)
def test_several_results_may_be_the_rows_of_one_array(body, verdict):
    task = Task("fans", "fans", "run", 1)
    course = Assignment("fans", Path(), "Fans", 2.0, (task,))
    made = generation.generate(task)
    dense = replace(made, cases=[case for case in made.cases if case.arguments[0].ndim == 2])
    text = f"import numpy as np\n\ndef fans(kernel):\n    return {body}\n"
    report = grade(course, {"fans": dense}, Submission("", "a.py", text.encode()))
    assert report.tasks[0].verdict == verdict
