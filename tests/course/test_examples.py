"""The courses of docs/examples work: what is theirs is proven, and what they change is changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.__main__ import course
from checker.course import assignment
from checker.course import course as courses
from checker.handout.notebook import notebook

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
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
