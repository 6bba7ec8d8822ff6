"""An assignment says what may be imported; who imports something else is told so."""

import dataclasses

import pytest

from checker import bank, grading
from checker.assignment import find
from checker.session import Submission

BACKPROP = find("backprop")
TASK = next(task for task in BACKPROP.tasks if task.function == "dense")
ONE = dataclasses.replace(BACKPROP, tasks=(TASK,), imports=("numpy", "math"))
FREE = dataclasses.replace(ONE, imports=())
BODY = f"def {TASK.function}(x, weight, bias):\n    {{}}\n    return x @ weight + bias\n"


def graded(top, inside="pass", assignment=ONE, **others):
    code = f"{top}\n{BODY.format(inside)}".encode()
    files = {f"{name}.py": text.encode() for name, text in others.items()}
    handed_in = Submission("", "x.py", code, files)
    return grading.grade(assignment, bank.load(BACKPROP), handed_in)


@pytest.mark.parametrize(
    "top",
    [
        "import math, numpy.linalg as la\nfrom numpy.random import default_rng",
        "from helpers import square\nfrom . import helpers",
        "def unused():\n    import itertools",
    ],
)
def test_what_is_allowed_is_imported_with_all_that_it_needs(top):
    report = graded(top, helpers="import math\n\ndef square(x): return x * x")
    assert report.tasks[0].verdict == "right"
    assert not report.notes


@pytest.mark.parametrize("module", ["itertools", "importlib", "numpy_ml", "os.path"])
def test_what_is_not_allowed_is_refused_in_words(module):
    report = graded(f"import {module}")
    assert report.tasks[0].verdict == "right"  # whatever needs it fails, and nothing else
    assert f"{module} is not allowed in this assignment: numpy and math are" in report.notes[0]
    (task,) = graded("", f"import {module}").tasks
    assert task.verdict == "crashed"
    assert "is not allowed in this assignment" in task.message


def test_a_file_handed_in_beside_it_keeps_to_the_same_rules():
    inside = "import helpers; helpers.pairs([x])"
    helper = "import itertools\n\ndef pairs(x): return itertools.pairwise(x)"
    (task,) = graded("", inside, helpers=helper).tasks
    assert task.verdict == "crashed"
    assert "itertools" in task.message


def test_without_a_rule_the_standard_library_is_there():
    assert graded("import itertools", assignment=FREE).tasks[0].verdict == "right"
