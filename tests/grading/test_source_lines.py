"""A report points to the line of the submission that it is about, in files and in notebooks."""

import ast
import json
from pathlib import Path

import click
import handed_in
import pytest

from checker.cases import case_cache
from checker.course import assignment
from checker.grading import source_lines
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.reports import terminal
from checker.reports.formats import html as html_format
from checker.sandbox import notebook_cells, outline, wire

BACKPROP = assignment.find("backprop")
SAMPLES = Path(__file__).parents[1] / "sample_class"
RIGHT = (SAMPLES / "right.py").read_text()


@pytest.fixture(scope="module")
def case_sets():
    return case_cache.load(BACKPROP)


def told(case_sets, source, function="dense_backward", filename="mine.py", more=()):
    submission = Submission("someone", filename, source.encode())
    report = grade(BACKPROP, case_sets, submission, only=(function, *more))
    return next(task for task in report.tasks if task.name == function)


def as_notebook(*parts):
    kinds = [{"cell_type": "markdown", "source": "# Text"}]
    kinds += [{"cell_type": "code", "source": p.splitlines(keepends=True)} for p in parts]
    return json.dumps({"cells": kinds, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


BEHIND_A_HELPER = """
import numpy as np

def mean(grad):
    return np.mean(grad, axis=0)

def dense_backward(grad, x, weight, bias):
    '''Gradients.

    return nothing
    '''
    dx, dweight = grad @ weight.T, x.T @ grad  # return
    db = mean(
        grad)
    return dx, dweight, db
"""


@pytest.mark.parametrize(
    ("source", "number", "text"),
    [
        (BEHIND_A_HELPER, 5, "return np.mean(grad, axis=0)"),
        (
            BEHIND_A_HELPER.replace("mean(\n        grad)", "grad.mean(\n        axis=0)"),
            13,
            "db =",
        ),
        (BEHIND_A_HELPER.replace("@ weight.T", "@ -weight.T"), 12, "dx, dweight = grad"),
        (
            BEHIND_A_HELPER.replace("    return dx,", "    if 0: pass\n    return 0 * dx,"),
            5,
            "return np.mean(grad, axis=0)",
        ),
        (
            BEHIND_A_HELPER.replace("return dx, dweight, db", "return (\n    dx,\n    0,\n    db)"),
            17,
            "0,",
        ),
        (
            "def dense_backward(grad, x, weight, bias):\n    up = grad * 1.0\n"
            "    db = up.mean(axis=0)\n    return up @ weight.T, x.T @ up, db",
            3,
            "db = up.mean(axis=0)",
        ),
        ("dense_backward = lambda g, x, w, b: (g @ w.T, x.T @ g, 2 * b)", 1, "dense_backward ="),
    ],
)
def test_a_wrong_value_comes_from_the_line_that_computes_it(case_sets, source, number, text):
    line = told(case_sets, source).line
    assert (line["cell"], line["number"]) == (None, number)
    assert line["text"].startswith(text)


@pytest.mark.parametrize(
    "source",
    [
        BEHIND_A_HELPER.replace("grad)\n", "grad)\n    db = db * 1\n"),
        BEHIND_A_HELPER.replace("    db", "    if 0:\n        return 0\n    db"),
        "def dense_backward(grad, x, weight, bias):\n    return grad, x, bias",
        "from copy import deepcopy as dense_backward",
    ],
)
def test_no_line_is_blamed_where_there_is_no_telling(case_sets, source):
    task = told(case_sets, source)
    assert task.verdict in ("wrong", "crashed")
    assert task.line is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("param -= learning_rate * grad\n    return param", "param -= learning_rate * grad"),
        ("p = param\n    p[...] = p - learning_rate * grad\n    return p + 0", "p[...] = p"),
        ("g = grad.T\n    g *= learning_rate\n    return param - g.T", "g *= learning_rate"),
        ("return np.subtract(param, learning_rate * grad, out=param)", "return np.subtract("),
        (
            "p = param.copy()\n    p -= 0\n    inner(grad, learning_rate)\n    return p - grad",
            "g *= r",
        ),
    ],
)
def test_a_changed_argument_is_shown_with_the_line_that_writes(case_sets, body, text):
    source = f"import numpy as np\ndef sgd_step(param, grad, learning_rate):\n    {body}\n"
    source += "def inner(g, r):\n    g *= r\n"
    task = told(case_sets, source, "sgd_step")
    assert task.verdict == "mutates its input"
    assert task.line["text"].startswith(text)


def test_a_loop_that_ends_at_once_is_told_by_its_line_also_in_a_helper(case_sets):
    loop = "    for row in grad:\n        total = total + row\n        return total\n"
    source = f"def added(grad):\n    total = 0 * grad[0]\n{loop}"
    source += "def dense_backward(grad, x, weight, bias):\n"
    source += "    return grad @ weight.T, x.T @ grad, added(grad)\n"
    task = told(case_sets, source)
    found = [task.diagnosis["misconception"], *task.diagnosis.get("also", ())]
    assert any(each.startswith("In line 3: this loop ends in its first round") for each in found)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("while True: pass", 2),
        ("for _ in range(3):\n        while 1:\n            grad", 3),
        ("for _ in iter(int, 1):\n        grad", 2),
        ("wait()", 4),
        ("while True:\n        while True: pass", 0),
        ("return step(grad)", 0),
    ],
)
def test_the_loop_of_a_time_out_is_the_only_one_that_may_be_meant(body, line):
    source = f"def step(grad):\n    {body}\ndef wait():\n    while 1:\n        pass\n"
    found = outline.outlines(ast.parse(source).body)
    sent = [
        [name, each.results, each.writes, each.loops, each.slips, "grad"]
        for name, each in found.items()
    ]
    received = wire.decode(wire.encode(sent))
    assert source_lines.running_loop(source_lines.outline(received, "step")) == line


def test_a_time_out_is_shown_with_its_loop(case_sets):
    source = "def sgd_step(param, grad, learning_rate):\n    while True: pass\n"
    task = told(case_sets, source, "sgd_step")
    assert task.verdict == "timed out"
    assert task.line == {"cell": None, "number": 2, "text": "while True: pass"}


@pytest.mark.parametrize(
    "sent", [[], [[]], [7], [["f", 1, 2, 3, 4, 5]], [["f", [[["a", 1], [1]]], [], [], [[1]], []]]]
)
def test_an_outline_is_not_trusted(sent):
    assert source_lines.outline(sent, "f") in (([], [], [], [], []), ([[]], [], [], [], []))


def test_a_crash_is_shown_with_the_line_that_raises(case_sets):
    task = told(case_sets, BEHIND_A_HELPER.replace("np.mean(grad, axis=0)", "grad[7, 7, 7]"))
    assert task.line == {"cell": None, "number": 5, "text": "return grad[7, 7, 7]"}
    assert "IndexError in line 5:" in task.message


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("np.mean(grad, axis=0)", "return np.mean(grad, axis=0)"),
        ("grad[7, 7, 7]", "return grad[7, 7, 7]"),
    ],
)
def test_in_a_notebook_it_is_a_line_of_a_cell(case_sets, body, text):
    helper, function = BEHIND_A_HELPER.replace("np.mean(grad, axis=0)", body).split("def dense")
    parts = ["%%bash\nls\nls", helper, "%matplotlib inline\n\ndef dense" + function]
    task = told(case_sets, as_notebook(*parts), filename="mine.ipynb")
    cell, number = task.line["cell"], task.line["number"]
    assert task.line["text"] == text == parts[cell - 1].split("\n")[number - 1].strip()
    shown = click.unstyle("\n".join(terminal.detail(task, "mine.ipynb")))
    assert f"code cell {cell}, line {number}: {text}" in shown
    if task.verdict == "crashed":
        assert f"IndexError in line {number} of code cell {cell}: " in task.message


def test_what_fails_while_a_notebook_is_read_is_found_in_its_cell(case_sets):
    data = as_notebook("import numpy as np", "\nimport no_such_module").encode()
    report = grade(BACKPROP, case_sets, Submission("x", "x.ipynb", data), only=("dense",))
    assert report.notes[0].startswith("line 2 of code cell 2: ModuleNotFoundError")


def test_a_line_with_control_characters_is_shown_without(case_sets):
    line = "    return grad, x, '\x1b[31m\u202e<script>'  # \x1b[2J"
    task = told(case_sets, "def dense_backward(grad, x, weight, bias):\n" + line)
    shown = "\n".join(terminal.detail(task, "mine.py"))
    assert r"return grad, x, '\x1b[31m\u202e<script>'" in task.line["text"]
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    report = grade(BACKPROP, case_sets, Submission("x", "x.py", line.encode()), only=("dense",))
    page = html_format.section(report.__class__("a", "b", 0, 1, [task]))
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_what_is_right_or_not_there_has_no_line(case_sets):
    assert told(case_sets, RIGHT).line is None
    assert told(case_sets, "x = 1").line is None


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"{}", b"[" * 100_000, b'{"cells": [{}]}'])
def test_what_cannot_be_read_has_no_lines(data):
    assert not handed_in.code("mine.ipynb", data).code


def test_a_place_in_cells_is_a_place_in_the_code():
    parts = ["a\nb\n", "", "c"]
    code = "\n".join(parts).split("\n")
    starts = notebook_cells.starts(parts)
    found = [notebook_cells.place(starts, number) for number in range(1, len(code) + 1)]
    assert found == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]


def test_what_is_wrong_only_by_what_it_calls_is_found_in_a_notebook_too(case_sets):
    wrong = RIGHT + "\n" + BEHIND_A_HELPER
    notebook = as_notebook("%matplotlib inline", *wrong.split("\n\n\n"))
    for filename, source in (("mine.py", wrong), ("mine.ipynb", notebook)):
        task = told(case_sets, source, "network_gradient", filename, ("dense_backward",))
        assert task.verdict == "carried forward"
        assert task.message.endswith("it is right with a correct dense_backward")
