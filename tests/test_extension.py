"""A new kind, a new assignment and a new report format touch their own files and no others.

Each is added to a copy of the project as CONTRIBUTING says. What the tutorial itself adds, an
operation and an assignment, is followed in test_the_tutorial.py.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

RECORD = '''
"""A sequence: the first terms of something that a formula gives."""

from dataclasses import dataclass
from typing import Any, ClassVar

from reference.spec import Function, Run


@dataclass(frozen=True, kw_only=True)
class Sequence(Run):
    """`run(count)` returns the first `count` terms."""

    kind: ClassVar[str] = "sequence"

    run: Function
    torch: Any
    properties: tuple[Function, ...]
'''

OPERATION = '''
"""Harmonic numbers: the sums of the first reciprocals.

    H_n = 1 + 1/2 + ... + 1/n

    >>> run(3).round(4)
    array([1.    , 1.5   , 1.8333])

Source: Knuth 1997, section 1.2.7.
"""

from typing import Annotated as Shaped

import numpy as np

from reference.sequence import Sequence
from reference.spec import Real, Try


def run(count: Shaped[int, Try((1, 2, 5, 9))]) -> Shaped[Real, "n"]:
    return np.cumsum(1 / np.arange(1, count + 1))


def begins_with_one(f, count):
    """The first term is 1."""
    return f(count)[:1], np.ones(1)


def one_term_more(f, count):
    """A longer sequence begins with the shorter one."""
    return f(count + 1)[:count], f(count), 4


SPEC = Sequence(
    run=run,
    torch=lambda torch, count: torch.cumsum(1 / torch.arange(1, count + 1), 0),
    properties=(begins_with_one, one_term_more),
)
'''

PROOF = '''
"""What is checked of a sequence: its properties, and its terms against torch's."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from checker.numerics.equations import Array, Equation
from checker.proof.oracle import CaseOracle, Oracle
from checker.proof.oracles import exact, torch_agreement
from checker.proof.trial import Trial


def oracles(spec: Any) -> dict[str, Oracle]:
    agree = CaseOracle(partial(against_torch, dtype=np.float64))
    return {"torch float64": agree, **exact.properties(spec.run, spec.properties)}


def complete(spec: Any, case: Mapping[str, Any], number: int) -> dict[str, Any]:
    return dict(case)


def results(spec: Any, inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    return (spec.run(**inputs),)


def names(spec: Any, inputs: Mapping[str, Any], count: int) -> list[str]:
    return ["terms"]


def sizes(spec: Any, inputs: Mapping[str, Any], results: tuple[Any, ...]) -> list[Array]:
    return list(map(np.abs, results))


def torch_results(spec: Any, inputs: Mapping[str, Any], dtype: Any) -> tuple[Array, ...]:
    import torch

    return (torch_agreement.as_array(spec.torch(torch, **inputs)),)


call_torch = torch_results


def against_torch(trial: Trial, dtype: Any) -> list[Equation]:
    theirs = torch_results(trial.spec, trial.inputs, dtype)
    return torch_agreement.compared(trial, theirs, np.float32)
'''

FORMS = '''
"""A question about a sequence: its first terms."""

from typing import Any

from checker.cases.forms import Answer, Form, Kind, Part
from checker.cases.forms.arguments import implementation, part


def terms(spec: Any) -> Form:
    """f(count) returns the terms."""

    def call(function: Any, values: list[Any]) -> tuple[Any, ...]:
        return (function(*values),)

    def answers(values: list[Any]) -> tuple[Answer, ...]:
        (result,) = call(spec.run, values)
        return (Answer(result, result),)

    return Form(
        arguments=tuple(map(part, spec.arguments)),
        results=(Part("the result", ("n",)),),
        reference=spec.run,
        call=call,
        answers=answers,
        values=lambda case: [case[argument.name] for argument in spec.arguments],
        continuous=True,
        implementation=implementation,
    )


KIND = Kind({"terms": terms}, lambda _: ("terms",))
'''

MANIFEST = """
title = "Series"

[[task]]
function = "harmonic_numbers"
operation = "harmonic"
asks = "terms"
points = 1
arguments = ["count"]
"""

FORMAT = '''
"""The class as a list of names: one line for each submission."""

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.reports.formats import Files, Options


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    yield "names.txt", ["\\n".join(row.report.submission for row in rows).encode()]
'''

KIND_FILES = {
    "reference/sequence.py": RECORD,
    "checker/proof/kinds/sequence.py": PROOF,
    "checker/cases/forms/sequence.py": FORMS,
}
OPERATION_FILES = {
    "reference/sequences/harmonic.py": OPERATION,
    "reference/sequences/__init__.py": "",
}
ASSIGNMENT_FILES = {
    "assignments/90_series/assignment.toml": MANIFEST,
    "assignments/90_series/task.md": "# Series\n\n## Harmonic numbers (`harmonic_numbers`)\n",
}
FORMAT_FILES = {"checker/reports/formats/names.py": FORMAT}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for part in ("reference", "checker", "assignments"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in (KIND_FILES | OPERATION_FILES | ASSIGNMENT_FILES | FORMAT_FILES).items():
        assert not (folder / name).exists()
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text.lstrip())
    return folder


def check(project, *words, status=0):
    done = subprocess.run(
        [sys.executable, "-m", "checker", *words],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_an_operation_of_a_new_kind_is_proven(project):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    shown = check(project, "verify", "--only", "harmonic")
    assert "all within their bounds" in shown


def test_an_operation_of_a_new_kind_is_explained(project):
    shown = check(project, "explain", "harmonic")
    assert "H_n = 1 + 1/2 + ... + 1/n" in shown
    assert "A longer sequence begins with the shorter one." in shown


def test_an_assignment_that_asks_for_it_is_proven_and_grades(project):
    assert check(project, "prove", "series").endswith("proven\n")
    right = "import numpy as np\n\ndef harmonic_numbers(count):\n    return {}\n"
    (project / "series.py").write_text(right.format("np.cumsum(1 / np.arange(1, count + 1))"))
    assert "1 of 1 points" in check(project, "series", "series.py")
    (project / "series.py").write_text(right.format("np.cumsum(1 / np.arange(2, count + 2))"))
    shown = check(project, "series", "series.py", status=1)
    assert "This should be true of your function, but is not: The first term is 1." in " ".join(
        shown.split()
    )


def test_a_new_report_format_is_offered_and_written(project):
    assert "names" in check(project, "grade", "--help")
    sample = str(ROOT / "tests" / "sample_class" / "right.py")
    (project / "class").mkdir()
    shutil.copy(sample, project / "class")
    check(project, "grade", "class", "-a", "backprop", "-o", "out", "--report", "names")
    assert (project / "out" / "names.txt").read_text() == "right"
