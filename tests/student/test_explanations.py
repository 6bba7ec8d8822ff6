"""The page on an operation keeps the derivative that a task asks for until it is asked for."""

import json
import re
from pathlib import Path

import pytest

from checker.cases.forms import task_form
from checker.course import assignment
from checker.student import explanations, names, operation_text, progress

SAMPLES = Path(__file__).parents[1] / "sample_class"
COURSE = [assignment.find(name) for name in assignment.names()]
TASKS = [(found, task) for found in COURSE for task in found.tasks]
ASKED = sorted({task.operation for _, task in TASKS if task_form(task).backward})
QUOTIENT = re.compile(r"\bd\w*/d\w")


@pytest.mark.parametrize("operation", ASKED)
def test_the_derivative_is_not_among_what_is_shown_first(tmp_path, monkeypatch, operation):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    first, why = explanations.parts(operation, tmp_path, derivative=False)
    whole, nothing = explanations.parts(operation, tmp_path, derivative=True)
    assert QUOTIENT.search(whole["text"])
    assert not QUOTIENT.search(first["text"])
    assert not re.search("gradient|derivative|backward|slope", json.dumps(first["text"]))
    assert "(g =" not in first["text"]  # a remark on a line that is kept back
    assert first["mistakes"] == first["generic"] == []
    assert first["text"].startswith("    ")  # the definition
    assert first["arguments"] == whole["arguments"]
    assert f"`check explain {operation} --derivative`" in why
    assert nothing == ""


def test_shapes_and_conventions_are_shown(check):
    shown = check("explain", "dense_backward").output
    assert "y = x W + b" in shown
    assert "`x` has shape (n, d)" in shown
    assert "PyTorch stores the transpose" in shown
    assert "sum over the batch" not in shown


@pytest.mark.parametrize(
    ("operation", "example"),
    [("matmul", ">>> matmul(np.array("), ("one_hot", ">>> one_hot(np.array("), ("sgd", "update(")],
)
def test_an_example_calls_the_function_by_the_name_that_a_student_gives_it(operation, example):
    shown = operation_text.text(explanations.explanation(operation), 200)
    assert example in shown
    assert "forward(np" not in shown


def test_what_was_shown_is_noted_and_told(check):
    check("explain", "dense_backward")
    assert "derivative" not in check("hint", "dense_backward").output
    assert "dL/dW = x^T g" in check("explain", "dense_backward", "--derivative").output
    assert "; its derivative was shown" in check("hint", "dense_backward").output
    assert "Derivatives that were shown: dense_backward" in check().output
    assert "dL/dW" not in check("explain", "dense").output  # again only on request


def test_a_page_without_formulas_promises_no_derivative(check, monkeypatch):
    page = explanations.explanation("dense") | {"text": ""}  # as it is published
    monkeypatch.setattr(explanations, "explanation", lambda name: page)
    first = check("explain", "dense").output
    assert "--derivative` shows common mistakes." in " ".join(first.split())
    assert "\n\n\n" not in first
    assert "What often goes wrong:" in check("explain", "dense", "--derivative").output
    assert not progress.load(Path()).task("backprop", "dense_backward").derivative


def test_after_success_nothing_is_kept_back(check):
    Path("backprop.py").write_bytes((SAMPLES / "right.py").read_bytes())
    check("backprop", "--task", "dense_backward")
    assert "dL/dW = x^T g" in check("explain", "dense_backward").output
    assert "dL/dx" not in check("explain", "sigmoid").output
    assert not progress.load(Path()).task("backprop", "dense_backward").derivative


def test_what_no_task_asks_for_is_shown_at_once(check):
    assert "dL/dx" in check("explain", "gelu").output


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        (["Dense"], "dense"),
        (["SGD"], "sgd"),
        (["Stochastic gradient descent"], "sgd"),
        (["MeanSquaredError"], "mse"),
        (["BinaryCrossentropy"], "binary_cross_entropy"),
        (["ExponentialDecay"], "exponential_decay"),
        (["Leaky ReLU"], "leaky_relu"),
        (["sgd_step"], "sgd"),
        (["backprop", "cross_entropy_gradient"], "softmax_cross_entropy"),
        (["losses.py", "cross_entropy_gradient"], "cross_entropy"),
        (["Losses and decisions", "cross_entropy_gradient"], "cross_entropy"),
    ],
)
def test_an_operation_is_found_by_any_of_its_names(check, words, operation):
    assert check("explain", *words).output.startswith(f"{operation}: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lstmm"], "Did you mean 'lstm'?"),
        (["backpropp"], "Did you mean 'backprop'?"),
        (["backprop.py"], "backprop is an assignment. Name one of its tasks: forward_pass"),
        (["cross_entropy_gradient"], "is a task of losses and of backprop: write losses"),
        (["backprop", "dens"], "there is no task 'dens' in backprop. Did you mean 'dense'?"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(check, words, message):
    done = check("explain", *words)
    assert done.exit_code == 2
    assert message in done.output


def test_no_two_assignments_share_a_name():
    for name, folder in assignment.names().items():
        number = folder.name.partition("_")[0]
        for word in (name, name.upper(), folder.name, number, assignment.find(name).title):
            assert names.assignment(word) == name


@pytest.mark.parametrize("width", ["40", "80", "200"])
@pytest.mark.parametrize("words", [["explain", "mse"], ["hint", "dense_backward"], ["show"]])
def test_pages_fit_the_width(check, monkeypatch, width, words):
    monkeypatch.setenv("COLUMNS", width)
    lines = check(*words).output.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) < int(width)
