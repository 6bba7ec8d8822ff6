"""Tasks that ask for functions of another form are graded like others."""

import code
import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pytest

from checker.cases import case_cache, generation
from checker.cases.forms import configured, task_form
from checker.cases.generation import held_out
from checker.course import assignment
from checker.course import course as courses
from checker.course.assignment import Task
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.handout import solution
from checker.reports import counterexample, terminal

COURSE = Path(__file__).parents[2] / "docs" / "examples" / "layers"
RIGHT = (COURSE / "01_layers" / "solution.py").read_text()


@pytest.fixture(scope="module")
def course():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(courses.VARIABLE, str(COURSE))
        layers = assignment.find("layers")
        yield layers, case_cache.load(layers)


@pytest.fixture
def told(course, monkeypatch):
    """Grades the solution with something else in the place of one of its parts."""
    monkeypatch.setenv(courses.VARIABLE, str(COURSE))
    layers, case_sets = course

    def run(task, *changes, text=RIGHT, filename="layers.py"):
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        submission = Submission("layers.py", filename, text.encode())
        report = grade(layers, case_sets, submission, only=(task,))
        shown = terminal.one(report, session=True, verbose=True)
        return report.tasks[0], " ".join(click.unstyle(shown).split())

    return run


WRONG = """
affine_backward | return x @ weight + bias, (x, weight) | return x @ weight + bias, None
crashed | the value is None
x, weight = cache

affine_backward | return x @ weight + bias, (x, weight) | return x @ weight + bias
crashed | two values are asked, and affine_forward returns one array of shape (1, 1). It is asked
def affine_forward(x, weight, bias):

affine_backward | bias, (x, weight) | bias, (weight, x)
wrong | if x and weight are exchanged
return grad @ weight.T, x.T @ grad, grad.sum(axis=0)

affine_backward | bias, (x, weight) | bias, (x @ weight, weight)
wrong | dweight is wrong, dx and dbias are right
return grad @ weight.T, x.T @ grad, grad.sum(axis=0)

affine_backward | x.T @ grad, grad.sum(axis=0) | x.T @ grad, grad.mean(axis=0)
wrong | dbias is wrong, dx and dweight are right
return grad @ weight.T, x.T @ grad, grad.mean(axis=0)

affine_backward | x, weight = cache | x, weight = cache; weight *= 2; weight /= 2
right | 2 of 2 points

relu_backward | return np.maximum(x, 0), x | x[x < 0] = 0; return x, x
mutates its input | it changes the arrays it is given
x[x < 0] = 0; return x, x

two_layer | "W1": dw1, "b1": db1, "W2": dw2 | "W1": dw2, "b1": db1, "W2": dw1
wrong | dw1 and dw2 are wrong

two_layer | {"W1": dw1 | {"dW1": dw1
crashed | the dictionary grads has no 'W1': its keys are 'dW1', 'b1', 'W2', 'b2'. It is asked

sgd_momentum | return w, config | return w
crashed | `w, config = sgd_momentum(w, dw, config)`
def sgd_momentum(w, dw, config):

sgd_momentum | * velocity - | * 0 -
wrong | The velocity is not kept

linear | def backward( | def backwards(
missing | the class Linear has no method backward

linear | class Linear | class LinearLayer
missing | there is no class Linear: should LinearLayer have this name?

linear | self.dw | self.dweight
crashed | the Linear object has no attribute dw: its attributes are w, b, x, dweight, db. It is

linear | grad.T @ self.x / | self.x.T @ grad /
wrong | dweight is computed as layer.dw.T * n
self.dw = self.x.T @ grad / len(grad)

linear | self.db = grad.mean(axis=0) | self.db = grad.sum(axis=0)
wrong | dbias is n times the right value in every case.
self.db = grad.sum(axis=0)

linear | return grad @ self.w | grad @ self.w
wrong | dx is wrong (it is None: is a `return` missing?)

linear | self.x = x | Linear.x = getattr(Linear, "x", x)
wrong | In a new session this very call is right
"""


@pytest.mark.parametrize("case", WRONG.strip().split("\n\n"))
def test_what_is_wrong_is_told_in_the_words_of_the_file(told, case):
    first, second, *lines = case.split("\n")
    (task, old, new), (verdict, words) = first.split(" | "), second.split(" | ")
    report, shown = told(task, (old, new.replace("; ", "\n    ")))
    assert report.verdict == verdict
    assert words in shown
    found = [report.line["text"].strip()] if report.line else []
    assert found == [line.partition("; ")[0] for line in lines]


def test_right_functions_are_right_whatever_they_keep(told):
    kept = ("bias, (x, weight)", "bias, {'w': weight, 'x': lambda: x}")
    got = ("x, weight = cache\n", "x, weight = cache['x'](), cache['w']\n")
    assert told("affine_backward", kept, got)[0].verdict == "right"
    assert told("sgd_momentum", ("return w, config", "return w, dict(config)"))[0].score == 2
    inherited = (
        ("class Linear:", "class Layer:"),
        ("return grad @ self.w", "return grad @ self.w\n\n\nclass Linear(Layer):\n    pass"),
    )
    assert told("linear", *inherited)[0].score == 2


@pytest.mark.parametrize(
    ("task", "old", "new", "words"),
    [
        (
            "affine_backward",
            "    return x @ weight",
            "    pass\n    #",
            "affine_forward is still to",
        ),
        (
            "affine_backward",
            "    x, weight = cache\n    return",
            "    pass\n    #",
            "affine_backward",
        ),
        ("linear", "        self.dw =", "        raise NotImplementedError\n        #", ""),
        ("linear", "        self.x = x\n        return", "        pass\n        #", ""),
    ],
)
def test_what_is_not_begun_is_named(told, task, old, new, words):
    report, _ = told(task, (old, new))
    assert report.score == 0
    if words:
        assert report.verdict == "not started"
        assert report.message.startswith(words)


def test_the_session_shows_the_failure_in_a_console(told, tmp_path, monkeypatch):
    old, new = 'config["momentum"] * velocity', "velocity"
    report, _ = told("sgd_momentum", (old, new))
    lines = counterexample.snippet("sgd_momentum", report.counterexample, "layers_here.py")
    (tmp_path / "layers_here.py").write_text(RIGHT.replace(old, new))
    monkeypatch.syspath_prepend(tmp_path)
    typed = [line.removeprefix("      ") for line in lines if line.startswith("      ")]
    console, said = code.InteractiveConsole(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for line in typed:
            console.push(line)
    assert "Error" not in said.getvalue()
    got = report.counterexample["got"]["the result"]
    assert np.allclose(np.stack(console.locals["path"]), got)
    assert typed[1] == "from layers_here import sgd_momentum"


def test_a_notebook_is_asked_like_a_file(told):
    parts = [f"{part}\n" for part in RIGHT.split("\n\n\n")]
    cells = [{"cell_type": "code", "source": part} for part in parts]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    wrong = book.replace("grad.mean(axis=0)", "grad.sum(axis=0)")
    report, _ = told("linear", text=wrong, filename="layers.ipynb")
    assert report.verdict == "wrong"
    assert report.line["text"].strip() == "self.db = grad.sum(axis=0)"
    assert report.line["cell"] == len(cells)


def test_a_mistake_is_carried_forward_from_what_the_functions_call(course, monkeypatch):
    monkeypatch.setenv(courses.VARIABLE, str(COURSE))
    layers, _ = course
    plain = Task("sigmoid", "sigmoid", "forward", 1)
    task = Task("derivative", "sigmoid", "backward", 2, calls="return net(grad, x)")
    both = replace(layers, tasks=(plain, task))
    text = "import numpy as np\ndef sigmoid(x):\n    return np.tanh(x)\n"
    text += "def net(grad, x):\n    return grad * sigmoid(x) * (1 - sigmoid(x))\n"
    report = grade(both, case_cache.load(both), Submission("it", "it.py", text.encode()))
    assert [each.verdict for each in report.tasks] == ["wrong", "carried forward"]


NO_BIAS = "x @ weight + bias, (", "x @ weight, ("
TRIPLE = ("weight, (x, weight)", "weight, [x, weight, 0]"), (" = cache\n", ", _ = cache\n")
WRONG_TRIPLE = ("weight, (x, weight)", "weight, [2 * x, weight, 0]"), TRIPLE[1]


@pytest.mark.parametrize(
    ("changes", "verdicts"),
    [
        ([NO_BIAS, *TRIPLE], "wrong right forward"),
        ([("x @ weight + bias, (x, w", "x @ weight, (2 * x, w")], "wrong forward forward"),
        ([NO_BIAS, *WRONG_TRIPLE], "wrong wrong forward"),
        ([NO_BIAS, ('"W1": dw1', '"W1": -dw1')], "wrong right wrong"),
        ([("def affine_forward(", "def another(")], "missing missing crashed"),
    ],
)
def test_the_author_s_functions_show_what_is_carried_forward(course, changes, verdicts):
    layers, case_sets = course
    text = RIGHT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    names = "affine_forward", "affine_backward", "two_layer"
    submission = Submission("it", "layers.py", text.encode())
    report = grade(layers, case_sets, submission, only=names)
    assert [each.verdict.split()[-1] for each in report.tasks] == verdicts.split()


def test_what_no_author_has_solved_is_not_carried_forward(course, tmp_path):
    layers, case_sets = course
    text = RIGHT.replace(*NO_BIAS)
    unsolved = replace(layers, folder=tmp_path)
    submission = Submission("it", "layers.py", text.encode())
    report = grade(unsolved, case_sets, submission, only=("affine_forward", "two_layer"))
    assert [each.verdict for each in report.tasks] == ["wrong", "wrong"]


def test_the_solution_that_is_shown_has_all_that_it_needs(course):
    layers, case_sets = course
    two_layer, linear = (t for t in layers.tasks if t.function in ("two_layer", "linear"))
    way, text = solution.code(two_layer, layers.own_solution)
    assert way == "as its author does"
    assert "class Linear" not in text
    assert "def relu_forward" not in text
    report = grade(layers, case_sets, Submission("it", "it.py", text.encode()), only=("two_layer",))
    assert report.score == 3
    with pytest.raises(LookupError, match=r"its author has no solution\.py with Linear\."):
        solution.code(linear, text)


def test_other_ranks_are_neither_asked_nor_shown(course):
    layers, case_sets = course
    (task,) = (task for task in layers.tasks if task.ranks)
    found = [case_sets[task.function], generation.further(task, 10**6)]
    assert {np.ndim(case.arguments[1]) for each in found for case in each.cases} == {2}
    other = held_out(configured(task), task_form(task))
    assert {np.ndim(case.arguments[1]) for case in other} == {2}
