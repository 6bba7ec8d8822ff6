"""The solution of every task stands alone, fits in its form, and is right."""

import copy
import subprocess
import sys
import warnings

import numpy as np
import pytest

from checker.cases import case_cache, forms
from checker.course import assignment
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.handout import solution
from checker.numerics.equations import parts
from checker.numerics.inputs import series
from checker.sandbox.ragged import padded, rows

COURSE = [assignment.find(name) for name in assignment.names()]
TASKS = [(found.name, task) for found in COURSE for task in found.tasks]
CASES = 3


def answered(function, values, count):
    """The results of a function as arrays."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = function(*copy.deepcopy(values))
    results = results if count > 1 else (results,)
    ragged = [rows(result) for result in results]
    pairs = zip(results, ragged, strict=True)
    return [np.asarray(r if found is None else padded(found), float) for r, found in pairs]


@pytest.mark.parametrize("name", [found.name for found in COURSE])
def test_every_solution_of_an_assignment_answers_as_its_task_asks(name):
    for task in assignment.find(name).tasks:
        _, code = solution.code(task)
        assert "checker" not in code
        assert "reference" not in code
        space = {}
        exec(compile(code, task.function, "exec"), space)
        spec, form = forms.configured(task), forms.task_form(task)
        if form.measure:  # that a sample is right takes thousands of them
            names = [part.name for part in form.arguments]
            values = dict(zip(names, form.chosen(0)[0], strict=False))  # the rest is for the tests
            drawn = parts(space[task.function](*values.values()))
            ours = parts(spec.run(**values))
            assert len(drawn) == len(ours), task.function
            if spec.kind == "sampler":  # an experiment may take as many steps as it likes
                assert np.shape(drawn[0]) == np.shape(ours[0]), task.function
            continue
        for case in series(spec.arguments, spec.possible, CASES):
            values = form.values(case)
            wanted = form.answers(copy.deepcopy(values))
            found = answered(space[task.function], values, len(wanted))
            for want, result in zip(wanted, found, strict=True):
                low, high = np.asarray(want.low, float), np.asarray(want.high, float)
                assert result.shape == low.shape, task.function
                spare = 1e-4 * (1 + np.abs(low))
                between = (result >= low - spare) & (result <= high + spare)
                assert np.all(between | np.isnan(low)), task.function


def test_solutions_get_full_marks():
    found = assignment.find("backprop")
    others = {f"s_{task.function}.py": solution.code(task)[1].encode() for task in found.tasks}
    lines = [f"from s_{task.function} import {task.function}" for task in found.tasks]
    file = Submission("", "all.py", "\n".join(lines).encode(), others)
    report = grade(found, case_cache.load(found), file)
    assert [(t.name, t.verdict) for t in report.tasks if t.score < t.max_score] == []


def test_a_solution_has_the_signature_of_the_starter():
    ways = {task.function: solution.code(task) for name, task in TASKS if name == "backprop"}
    assert "\ndef dense_backward(grad, x, weight, bias):\n" in ways["dense_backward"][1]
    assert ways["mse_gradient"][1].startswith("def mse_gradient(prediction, target):\n    grad = 1")
    assert "\ndef sgd_step(param, grad, learning_rate):\n" in ways["sgd_step"][1]
    assert ways["mse_gradient"][0] == "in its own buffer"


def test_a_solution_runs_where_only_numpy_is():
    code = solution.code(next(t for name, t in TASKS if t.function == "mlp"))[1]
    script = (
        f"import sys\nsys.modules['checker'] = sys.modules['reference'] = None\n{code}\n"
        "assert mlp(np.ones((2, 3)), [np.ones((3, 1))], [np.ones(1)]).tolist() == [[4.0], [4.0]]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
