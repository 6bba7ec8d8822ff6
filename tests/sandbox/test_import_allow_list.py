"""An assignment says what may be imported; every other import is told about."""

import dataclasses

import pytest

from checker.cases import case_cache
from checker.course.assignment import find
from checker.grading import pipeline
from checker.grading.submission import Submission

BACKPROP = find("backprop")
TASK = next(task for task in BACKPROP.tasks if task.function == "dense")
ONE = dataclasses.replace(BACKPROP, tasks=(TASK,), imports=("numpy", "math"))
FREE = dataclasses.replace(ONE, imports=())
BODY = f"def {TASK.function}(x, weight, bias):\n    {{}}\n    return x @ weight + bias\n"


def graded(top, inside="pass", assignment=ONE, **others):
    code = f"{top}\n{BODY.format(inside)}".encode()
    files = {f"{name}.py": text.encode() for name, text in others.items()}
    submission = Submission("", "x.py", code, files)
    return pipeline.grade(assignment, case_cache.load(BACKPROP), submission)


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


@pytest.mark.parametrize("module", ["base64", "bz2", "gzip", "lzma", "random", "zipfile"])
def test_what_needs_a_library_of_the_system_can_be_imported(module):
    """Such a library lies where nothing may be read any more."""
    report = graded(f"import {module}", assignment=FREE)
    assert report.tasks[0].verdict == "right"
    assert not report.notes


@pytest.mark.parametrize("module", ["itertools", "importlib", "numpy_ml", "os.path"])
def test_what_is_not_allowed_is_named(module):
    report = graded(f"import {module}")
    assert report.tasks[0].verdict == "right"  # what needs it fails, and nothing else
    assert (
        f"{module} is not allowed in this assignment: you may import numpy and math"
        in report.notes[0]
    )
    (task,) = graded("", f"import {module}").tasks
    assert task.verdict == "crashed"
    assert "is not allowed in this assignment" in task.message


def test_a_file_submitted_beside_it_keeps_to_the_same_rules():
    inside = "import helpers; helpers.pairs([x])"
    helper = "import itertools\n\ndef pairs(x): return itertools.pairwise(x)"
    (task,) = graded("", inside, helpers=helper).tasks
    assert task.verdict == "crashed"
    assert "itertools" in task.message


def test_without_a_rule_the_standard_library_is_there():
    assert graded("import itertools", assignment=FREE).tasks[0].verdict == "right"
