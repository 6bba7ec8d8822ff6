"""What is accepted of a forward is accepted of its gradient, and an ignored argument never is."""

import copy
import dataclasses

import numpy as np
import pytest

from checker.cases import case_cache, paired_conventions
from checker.cases.forms import configured, form
from checker.cases.mutants import mutants
from checker.cases.selection import outcome
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.library.mutants import Written, written

TASKS = [(name, task) for name in assignment.names() for task in assignment.find(name).tasks]
REGULARISATION = assignment.find("regularisation")
LOSSES = assignment.find("losses")


def case_sets_of(chosen):
    return case_cache.load(chosen)


def told(chosen, source, function, **settings):
    tasks = tuple(dataclasses.replace(task, **settings) for task in chosen.tasks)
    changed = dataclasses.replace(chosen, tasks=tasks)
    text = f"import numpy as np\n{source}"
    submission = Submission("someone", "theirs.py", text.encode())
    report = grade(changed, case_sets_of(chosen), submission, only=(function,))
    return report.tasks[0]


HALF = "def l2_gradient(weight, strength): return strength * weight\n"
HALF_PENALTY = "def l2_penalty(weight, strength): return strength / 2 * (weight ** 2).sum()\n"
WHOLE_PENALTY = "def l2_penalty(weight, strength): return strength * (weight ** 2).sum()\n"


@pytest.mark.parametrize("forward", ["", HALF_PENALTY])
def test_the_gradient_of_half_a_penalty_is_right_by_another_convention(forward):
    task = told(REGULARISATION, forward + HALF, "l2_gradient", conventions="accept")
    assert (task.verdict, task.score) == ("other convention", task.max_score)
    assert task.diagnosis["mistake"] == "halved"
    assert task.diagnosis["misconception"] == (
        "This is the gradient of another convention: the penalty has a factor 1/2 that this task "
        "does not ask for."
    )


def test_it_is_wrong_beside_a_penalty_without_the_half():
    task = told(REGULARISATION, WHOLE_PENALTY + HALF, "l2_gradient")
    assert (task.verdict, task.score) == ("wrong", 0)
    assert task.diagnosis["also"][0] == (
        "Your l2_penalty follows the convention of this task, so its gradient has to as well."
    )


def test_the_manifest_may_refuse_it():
    task = told(REGULARISATION, HALF, "l2_gradient", conventions="refuse")
    assert (task.verdict, task.score) == ("other convention", 0)


SUMMED = """
def logistic_loss_gradient(logits, target):
    return 1 / (1 + np.exp(-logits)) - target
def cross_entropy_gradient(probability, target):
    return -target / probability
"""


@pytest.mark.parametrize("function", ["logistic_loss_gradient", "cross_entropy_gradient"])
def test_the_gradient_of_a_summed_loss_is_right_by_another_convention(function):
    task = told(LOSSES, SUMMED, function)
    assert (task.verdict, task.score) == ("other convention", task.max_score)
    assert task.diagnosis["mistake"] == "summed"


def axes_of(task):
    """How many axes the largest argument has. Of grids, no gradient is measured: it takes long."""
    return max(map(paired_conventions._named_axes, configured(task).arguments), default=0)


BACKWARDS = [
    (name, task)
    for name, task in TASKS
    if form(configured(task), task.asks).backward
    and axes_of(task) <= paired_conventions.MOST_AXES
    and any(e.kind == "convention" and not e.backward for e in written(task.operation))
]


@pytest.mark.parametrize(
    ("name", "task"), BACKWARDS, ids=lambda value: getattr(value, "function", value)
)
def test_the_gradient_of_the_reference_itself_is_its_backward(name, task):
    spec = configured(task)
    asked = form(spec, task.asks)
    forward = Written(form(spec, "forward").reference, "convention")
    ((_, call),) = paired_conventions.gradients(spec, asked, (forward,))
    case_set = case_cache.load(assignment.find(name))[task.function]
    for case in case_set.cases:
        if not case.extreme:
            for want, got in zip(case.results, call(case.arguments), strict=True):
                assert np.all(got >= want.low - want.bound)
                assert np.all(got <= want.high + want.bound)


WITH_SETTINGS = [
    (name, task, mutant.name)
    for name, task in TASKS
    if task.arguments
    for mutant in mutants(task)
    if mutant.kind == "convention"
]


@pytest.mark.parametrize(
    ("name", "task", "convention"),
    WITH_SETTINGS,
    ids=lambda value: getattr(value, "function", value),
)
def test_no_convention_ignores_an_argument(name, task, convention):
    """Its answer changes in some case when the argument does."""
    spec = configured(task)
    mutant = next(mutant for mutant in mutants(task) if mutant.name == convention)
    case_set = case_cache.load(assignment.find(name))[task.function]
    tried = {argument.name: argument.tried for argument in spec.arguments if argument.tried}
    for at, argument in enumerate(case_set.arguments):
        if argument not in task.arguments:
            continue
        assert any(
            _differ(mutant, case.arguments, at, value)
            for case in case_set.cases
            for value in (*tried[argument], _near(case.arguments[at]))
        ), argument


def _near(value):
    return 0.9 * value if isinstance(value, float) else value


def _differ(mutant, arguments, at, value):
    other = copy.deepcopy(arguments)
    other[at] = value
    (one, _), (two, _) = outcome(mutant, arguments), outcome(mutant, other)
    if one is None or two is None:
        return False
    return not all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, two, strict=True))
