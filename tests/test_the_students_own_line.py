"""A report points to the line of the submission that it is about, in files and in notebooks."""

import json
from pathlib import Path

import click
import pytest

from checker import assignment, bank, lines
from checker.grading import grade
from checker.reports import html, terminal
from checker.session import Submission
from checker.worker import cells

BACKPROP = assignment.find("backprop")
SAMPLES = Path(__file__).parent / "sample_class"
RIGHT = (SAMPLES / "right.py").read_text()


@pytest.fixture(scope="module")
def banks():
    return bank.load(BACKPROP)


def told(banks, source, function="dense_backward", filename="mine.py", more=()):
    submission = Submission("someone", filename, source.encode())
    tasks = {t.name: t for t in grade(BACKPROP, banks, submission, (function, *more)).tasks}
    return tasks[function]


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
        (BEHIND_A_HELPER, 13, "db = mean("),
        (
            BEHIND_A_HELPER.replace("grad)\n", "grad)\n    db = db * 1\n"),
            16,
            "return dx, dweight, db",
        ),
        (BEHIND_A_HELPER.replace("@ weight.T", "@ -weight.T"), 12, "dx, dweight = grad"),
        (
            BEHIND_A_HELPER.replace("    return dx,", "    if 0: pass\n    return 0 * dx,"),
            16,
            "return 0",
        ),
        (
            BEHIND_A_HELPER.replace("    db", "    if 0:\n        return 0\n    db"),
            7,
            "def dense_backward(grad, x, weight, bias):",
        ),
        ("dense_backward = lambda g, x, w, b: (g @ w.T, x.T @ g, b)", 1, "dense_backward = lambda"),
    ],
)
def test_a_wrong_value_comes_from_the_line_that_computes_it(banks, source, number, text):
    line = told(banks, source).line
    assert (line["cell"], line["number"]) == (None, number)
    assert line["text"].startswith(text)


def test_a_crash_is_shown_with_the_line_that_raises(banks):
    task = told(banks, BEHIND_A_HELPER.replace("np.mean(grad, axis=0)", "grad[7, 7, 7]"))
    assert task.line == {"cell": None, "number": 5, "text": "return grad[7, 7, 7]"}
    assert "IndexError in line 5:" in task.message


@pytest.mark.parametrize(
    ("body", "text"),
    [("np.mean(grad, axis=0)", "db = mean("), ("grad[7, 7, 7]", "return grad[7, 7, 7]")],
)
def test_in_a_notebook_it_is_a_line_of_a_cell(banks, body, text):
    helper, function = BEHIND_A_HELPER.replace("np.mean(grad, axis=0)", body).split("def dense")
    parts = ["%%bash\nls\nls", helper, "%matplotlib inline\n\ndef dense" + function]
    task = told(banks, as_notebook(*parts), filename="mine.ipynb")
    cell, number = task.line["cell"], task.line["number"]
    assert task.line["text"] == text == parts[cell - 1].split("\n")[number - 1].strip()
    shown = click.unstyle("\n".join(terminal.detail(task, "mine.ipynb")))
    assert f"code cell {cell}, line {number}: {text}" in shown
    if task.verdict == "crashed":
        assert f"IndexError in line {number} of code cell {cell}: " in task.message


def test_what_fails_while_a_notebook_is_read_is_found_in_its_cell(banks):
    data = as_notebook("import numpy as np", "\nimport no_such_module").encode()
    report = grade(BACKPROP, banks, Submission("x", "x.ipynb", data), ("dense",))
    assert report.notes[0].startswith("line 2 of code cell 2: ModuleNotFoundError")


def test_a_line_with_control_characters_is_shown_without(banks):
    line = "    return grad, x, '\x1b[31m\u202e<script>'  # \x1b[2J"
    task = told(banks, "def dense_backward(grad, x, weight, bias):\n" + line)
    shown = "\n".join(terminal.detail(task, "mine.py"))
    assert "return grad, x, ' [31m <script>'" in click.unstyle(shown)
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    report = grade(BACKPROP, banks, Submission("x", "x.py", line.encode()), ("dense",))
    page = html.section(report.__class__("a", "b", 0, 1, [task]))
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_what_is_right_or_not_there_has_no_line(banks):
    assert told(banks, RIGHT).line is None
    assert told(banks, "x = 1").line is None


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"{}", b"[" * 100_000, b'{"cells": [{}]}'])
def test_what_cannot_be_read_has_no_lines(data):
    assert lines.read("mine.ipynb", data) == lines.NO_LINES


def test_a_place_in_cells_is_a_place_in_the_code():
    parts = ["a\nb\n", "", "c"]
    code = "\n".join(parts).split("\n")
    found = [cells.place(parts, number) for number in range(1, len(code) + 1)]
    assert found == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1)]


def test_what_is_wrong_only_by_what_it_calls_is_found_in_a_notebook_too(banks):
    wrong = RIGHT + "\n" + BEHIND_A_HELPER
    notebook = as_notebook("%matplotlib inline", *wrong.split("\n\n\n"))
    for filename, source in (("mine.py", wrong), ("mine.ipynb", notebook)):
        task = told(banks, source, "network_gradient", filename, ("dense_backward",))
        assert task.verdict == "wrong"
        assert task.message.endswith("it is right once dense_backward is")
