"""Every known mistake is judged wrong, and recognised as itself."""

import inspect
from pathlib import Path

import numpy as np
import pytest

from checker import assignment, bank, comparison, diagnosis, kinds
from checker.mistakes import mistakes
from reference.catalogue import names

TASKS = {
    (task.operation, kinds.form(task).backward): task
    for name in assignment.names()
    for task in assignment.find(name).tasks
}
KNOWN = [
    (name, mistake, TASKS[name, diagnosis._is_backward(mistake)])
    for name in names()
    for mistake in mistakes(name)
    if (name, diagnosis._is_backward(mistake)) in TASKS
]


@pytest.fixture(scope="module")
def banks():
    return {
        k: v for name in assignment.names() for k, v in bank.load(assignment.find(name)).items()
    }


def answers(task, made, function):
    """What a student with this function sends back; words where it cannot be computed."""
    form = kinds.form(task)
    for case in made.cases:
        try:
            yield tuple(map(np.asarray, form.call(function, list(case.arguments))))
        except ValueError:
            yield ("an exception",) * len(made.results)


@pytest.mark.parametrize(
    ("task", "mistake"),
    [(task, mistake) for _, mistake, task in KNOWN],
    ids=[f"{name}-{mistake.__name__}" for name, mistake, _ in KNOWN],
)
def test_a_mistake_is_wrong_and_is_named(banks, task, mistake):
    made = banks[task.function]
    results = list(answers(task, made, mistake))
    faults = [
        comparison.fault(want, got)
        for case, result in zip(made.cases, results, strict=True)
        for want, got in zip(case.results, result, strict=True)
    ]
    assert any(fault is not None for fault in faults)
    if all(isinstance(part, np.ndarray) for result in results for part in result):
        found = diagnosis.diagnose(task, made, results)
        assert found is not None
        assert found["mistake"] == mistake.__name__
        assert found["misconception"].endswith(".")
        assert found["hint"]


def test_an_unknown_mistake_is_not_explained(banks):
    task = TASKS["dense", True]

    def odd(grad, x, weight, bias):
        return 3.7 * grad @ weight.T, x.T @ grad, grad.sum(axis=0)

    assert (
        diagnosis.diagnose(
            task, banks[task.function], list(answers(task, banks[task.function], odd))
        )
        is None
    )


def test_every_file_of_mistakes_belongs_to_an_operation():
    root = Path(inspect.getfile(mistakes)).parent
    files = [path for path in root.glob("*/*.py") if path.stem != "__init__"]
    assert files
    for path in files:
        assert names()[path.stem] == f"reference.{path.parent.name}.{path.stem}"
        assert len(mistakes(path.stem)) >= 2
