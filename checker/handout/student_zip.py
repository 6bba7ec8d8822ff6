"""An assignment as a zip that grades with Python and numpy alone, without this package.

It contains the starter, the text, the cases with their expected results (also those of other
conventions), and copies of the modules that compare results. It contains no reference code and no
mutants.
"""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np

from checker.cases import provenance
from checker.cases.answer_key import Result
from checker.cases.answering import tolerance
from checker.cases.case_set import CaseSet, freeze
from checker.cases.mutants import Mutant, mutants
from checker.cases.selection import outcome
from checker.course.assignment import Assignment
from checker.handout import data_files, starter
from checker.handout.zip_runner import SCORED_VERDICTS
from checker.sandbox import wire

RUNNER = "checker.handout.zip_runner"
NOT_GRADED = """
## Not graded here

{names}: random results are graded by statistical tests, which are not in this folder.
"""
CHECK_SCRIPT = '''"""Grades {name}.py, or the file that is named: python check.py [FILE]"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer.")
sys.stdout.reconfigure(errors="replace")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from grader.handout.zip_runner import main

sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
'''


def student(assignment: Assignment, case_sets: dict[str, CaseSet]) -> bytes:
    """The bytes of the zip. The same assignment always gives the same bytes."""
    name = assignment.name
    measured = [name for name, case_set in case_sets.items() if case_set.measured]
    kept = replace(
        assignment, tasks=tuple(t for t in assignment.tasks if t.function not in measured)
    )
    case_sets = {task.function: case_sets[task.function] for task in kept.tasks}
    text = assignment.text + (NOT_GRADED.format(names=", ".join(measured)) if measured else "")
    files = {
        f"{name}.py": _with_local_command(assignment, starter.starter(assignment)).encode(),
        f"{name}.md": _with_local_command(assignment, text).encode(),
        "check.py": CHECK_SCRIPT.format(name=name).encode(),
        "cases.data": wire.encode(_cases(kept, case_sets)),
    }
    files |= assignment.pictures | data_files.named(text)
    files |= _grader_files()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(_entry(f"{name}/{path}"), content)
    return data.getvalue()


def _cases(assignment: Assignment, case_sets: dict[str, CaseSet]) -> list[Any]:
    """The content of cases.data: name, how points are earned, cases, and other conventions."""
    worth = [
        [task.function, task.points, task.credit, *(task.shares[v] for v in SCORED_VERDICTS)]
        for task in assignment.tasks
    ]
    others = {
        f"{task.function}: {mutant.misconception}": other
        for task in assignment.tasks
        for mutant in mutants(task, assignment.folder)
        if mutant.kind == "convention"
        and (other := _convention_cases(mutant, case_sets[task.function])) is not None
    }
    return [assignment.name, worth, freeze(case_sets), freeze(others)]


def _convention_cases(convention: Mutant, case_set: CaseSet) -> CaseSet | None:
    """The ordinary cases with the results of another convention; None if it cannot answer all."""
    cases = []
    for case in case_set.cases:
        answers, _ = outcome(convention, case.arguments)
        if case.extreme:
            continue
        if answers is None or len(answers) != len(case.results):
            return None
        pairs = zip(case.results, answers, strict=True)
        cases.append(replace(case, results=[_result(want, value) for want, value in pairs]))
    return replace(case_set, cases=cases)


def _result(want: Result, value: Any) -> Result:
    """The result of another convention. At a kink, where several values are right, any value is."""
    value = np.asarray(value, dtype=float)
    size = float(np.max(np.abs(value), initial=0))
    free = np.shape(want.low) == value.shape and want.low != want.high
    return Result(value, value, np.where(free, np.inf, tolerance(size)))


def _with_local_command(assignment: Assignment, text: str) -> str:
    """The text with the command `check NAME` replaced by the one for the zip."""
    return re.sub(rf"check {re.escape(assignment.name)}\b", "python check.py", text)


def _grader_files() -> dict[str, bytes]:
    """The modules that the runner imports, as a package of its own."""
    files: dict[str, bytes] = {}
    for path, data in provenance.sources([RUNNER]).items():
        name = path.relative_to(provenance.ROOT / "checker")
        text = re.sub(r"(?m)^(\s*from )checker\b", r"\1grader", data.decode())
        files |= {f"grader/{folder.as_posix()}/__init__.py": b"" for folder in name.parents}
        files[f"grader/{name.as_posix()}"] = text.encode()
    return {path.replace("/./", "/"): data for path, data in files.items()}


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
