"""The courses of docs/examples work: what is theirs is proven, and what they change is changed."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.commands.program import course
from checker.course import assignment
from checker.course import course as courses
from checker.handout.notebook import notebook

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SOLUTION = (EXAMPLES / "layers" / "01_layers" / "solution.py").read_text()
RIGHT = """
import numpy as np

def welsch(prediction, target):
    return np.mean(1 - np.exp(-((prediction - target) ** 2) / 2))

def welsch_gradient(prediction, target):
    d = prediction - target
    return d * np.exp(-(d**2) / 2) / d.size

def lion_path(start, gradients, learning_rate, beta1, beta2):
    w, m, path = start, 0 * start, []
    for g in gradients:
        w = w - learning_rate * np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        path.append(w)
    return np.stack(path)
"""


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Runs a command in an empty folder, with one of the courses, and returns what it says."""
    monkeypatch.chdir(tmp_path)

    def run(name, *words):
        done = CliRunner().invoke(course, ["-C", str(EXAMPLES / name), *words])
        assert done.exit_code in (0, 1), done.output
        return done.output

    return run


@pytest.fixture
def with_course(monkeypatch):
    """Puts one of the courses in use."""
    return lambda name: monkeypatch.setenv(courses.VARIABLE, str(EXAMPLES / name))


def test_a_loss_and_an_optimiser_of_a_course_are_proven(check):
    shown = json.loads(check("outliers", "prove", "outliers", "--json"))
    assert [task["task"] for task in shown["tasks"]] == ["welsch", "welsch_gradient", "lion_path"]
    assert "upside_down" in shown["tasks"][0]["matrix"]
    assert "no_sign" in shown["tasks"][2]["matrix"]
    assert "proven" in check("outliers", "prove", "outliers").splitlines()


def test_a_student_of_it_is_graded_and_told_a_mistake_of_the_course(check):
    file = Path("outliers.py")
    file.write_text(RIGHT)
    assert "6 of 6 points" in check("outliers", "outliers")
    file.write_text(RIGHT.replace("1 - np.exp(-(", "np.exp(-("))
    shown = check("outliers", "outliers")
    assert "5 of 6 points" in shown
    assert "a perfect prediction costs" in " ".join(shown.split())


@pytest.fixture
def relu(tmp_path):
    """A copy of the course with caches and objects, of which one task is left."""
    folder = tmp_path / "layers"
    shutil.copytree(EXAMPLES / "layers", folder)
    manifest = folder / "01_layers" / "assignment.toml"
    head, *tasks = manifest.read_text().split("[[task]]")
    (task,) = [task for task in tasks if "relu_forward" in task]
    manifest.write_text(f"{head}[[task]]{task}")
    return folder


def test_the_solution_of_the_course_with_caches_and_objects_is_right(check):
    Path("layers.py").write_text(SOLUTION)
    assert "11 of 11 points" in check("layers", "layers")


def test_tasks_with_calls_are_proven_with_the_solution_of_the_author(check, relu):
    shown = check(relu, "prove", "layers")
    assert "solution.py: all right" in shown
    assert "relu_backward: arrays with 2 axes of" in shown
    assert "proven" in shown.splitlines()


def test_calls_that_do_not_fit_are_found_by_the_solution_alone(check, relu):
    manifest, solution = (relu / "01_layers" / name for name in ("assignment.toml", "solution.py"))
    manifest.write_text(manifest.read_text().replace("(grad, cache)", "(grad, cache) * 2"))
    shown = check(relu, "prove", "layers")
    assert "solution.py: relu_backward is wrong: its values are wrong" in shown
    assert "NOT PROVEN" in shown
    solution.unlink()
    shown = check(relu, "prove", "layers")
    assert "without a solution.py, nothing shows that the calls of these fit: relu_b" in shown


def test_what_students_start_from_has_each_function_and_class_once(check):
    check("layers", "start", "layers")
    started = ast.parse(Path("layers.py").read_text()).body
    made = [s for s in started if isinstance(s, ast.FunctionDef | ast.ClassDef)]
    names = ["affine_forward", "affine_backward", "relu_forward", "relu_backward"]
    assert [each.name for each in made] == [*names, "two_layer", "sgd_momentum", "Linear"]
    methods = [each.name for each in made[-1].body if isinstance(each, ast.FunctionDef)]
    assert methods == ["__init__", "forward", "backward"]
    assert "x  2 axes\n\nReturns:\n    out\n    cache  anything: only" in ast.get_docstring(made[2])
    assert ast.get_docstring(made[4]).startswith("The loss of a network with one hidden layer")
    assert "0 of 11 points" in check("layers", "layers")


def test_in_a_notebook_each_function_stands_where_it_is_asked_first(check):
    check("layers", "start", "layers", "--notebook")
    cells = json.loads(Path("layers.ipynb").read_text())["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert sum("def affine_forward(" in text for text in code) == 1
    (at,) = [at for at, text in enumerate(code) if text.startswith("class Linear:")]
    assert code[at + 1] == "%check layers linear"


def test_students_of_a_published_course_are_asked_the_same(check, relu):
    check(relu, "publish", "out")
    assert not [path for path in Path("out").rglob("*.py") if path.read_text() == SOLUTION]
    wrong = SOLUTION.replace("grad * (cache > 0)", "grad * (cache < 0)")
    for text, words in (
        (SOLUTION, "1 of 1 points"),
        (wrong, "relu_backward: its values are wrong"),
    ):
        Path("out/layers.py").write_text(text)
        command = [sys.executable, "check.py", "layers"]
        done = subprocess.run(command, cwd="out", capture_output=True, text=True, check=False)
        assert words in done.stdout, done.stderr


def test_assignments_are_taken_with_other_words_points_and_conventions(check, with_course):
    listed = check("deutsch")
    assert "Kosten und Entscheidungen: 19 tasks, 33 points" in listed
    assert "neuron" not in listed
    with_course("deutsch")
    losses = assignment.find("losses")
    assert losses.text.startswith("# Kosten und Entscheidungen")
    tasks = {task.function: task for task in losses.tasks}
    assert (tasks["mse"].points, tasks["mse"].shares["other convention"]) == (4, 0)
    assert (tasks["sse"].points, tasks["sse"].shares["other convention"]) == (1, 1)
    assert losses.seconds == 4


@pytest.mark.parametrize("name", ["tensors", "losses", "descent", "backprop", "regularisation"])
def test_each_text_names_every_function(with_course, name):
    with_course("deutsch")
    cells = json.loads(notebook(assignment.find(name)))["cells"]
    for at, cell in enumerate(cells):
        source = "".join(cell["source"])
        if source.startswith("def "):
            function = source[4 : source.index("(")]
            assert f"`{function}`" in "".join(cells[at - 1]["source"])
