"""An assignment as one zip that grades without us: for who has Python and numpy and nothing else.

In it are the starter, the text, the cases with their answers, also those of other conventions, and
copies of the few modules that compare. No source of the reference is there, and no known mistake.
"""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import numpy as np

from checker import bank, kinds, starter, verdicts
from checker.assignment import Assignment, Task
from checker.bank import ROOT, Result, TaskBank
from checker.choice import outcome
from checker.making import FLOOR, HEADROOM, PRECISION
from checker.mistakes import Entry, library
from checker.worker import wire

MODULES = (
    *("bank", "expected", "comparison", "text", "bundle/runner"),
    *("worker/wire", "worker/ragged", "worker/results", "worker/seal"),
)
PACKAGES = ("", "worker/", "bundle/")
DRAWN = """
## Not graded here

{names}: what a generator draws is judged by laws of chance, and these are not in this folder.
"""
WORTH = ("right", "unstable", "other convention")
SCRIPT = '''"""Grades {name}.py, or the file that is named: python check.py [FILE]"""

import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer.")
sys.stdout.reconfigure(errors="replace")
sys.path.insert(0, str(Path(__file__).resolve().parent))

from grader.bundle.runner import main

sys.exit(main(Path(__file__).resolve().parent, sys.argv[1:]))
'''


def student(found: Assignment, banks: dict[str, TaskBank]) -> bytes:
    """The zip, the same every time."""
    name = found.name
    drawn = [task.function for task in found.tasks if task.asks == "draw"]
    kept = replace(found, tasks=tuple(t for t in found.tasks if t.asks != "draw"))
    banks = {task.function: banks[task.function] for task in kept.tasks}
    text = found.text + (DRAWN.format(names=", ".join(drawn)) if drawn else "")
    files = {
        f"{name}.py": _spoken(found, starter.starter(found)).encode(),
        f"{name}.md": _spoken(found, text).encode(),
        "check.py": SCRIPT.format(name=name).encode(),
        "cases.bank": wire.encode(_cases(kept, banks)),
    }
    files |= found.pictures
    files |= {f"grader/{package}__init__.py": b"" for package in PACKAGES}
    files |= {f"grader/{module}.py": _copied(module).encode() for module in MODULES}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(_entry(f"{name}/{path}"), content)
    return data.getvalue()


def _cases(found: Assignment, banks: dict[str, TaskBank]) -> list[Any]:
    """The name, what each verdict on a task is worth, its cases, and those of other conventions."""
    worth = [
        [task.function, *(task.points * verdicts.share(task, each) for each in WORTH)]
        for task in found.tasks
    ]
    others = {
        f"{task.function}: {entry.misconception}": other
        for task in found.tasks
        for entry in library(task.operation, task.asks, found.folder)
        if entry.kind == "convention"
        and (other := _other(task, entry, banks[task.function])) is not None
    }
    return [found.name, worth, bank.frozen(banks), bank.frozen(others)]


def _other(task: Task, entry: Entry, known: TaskBank) -> TaskBank | None:
    """The ordinary cases with what another convention answers; None where it has no answer."""
    form = kinds.form(kinds.asked(task), task.asks)
    cases = []
    for case in known.cases:
        answers, _ = outcome(form, entry, case.arguments)
        if case.extreme:
            continue
        if answers is None or len(answers) != len(case.results):
            return None
        pairs = zip(case.results, answers, strict=True)
        cases.append(replace(case, results=[_result(want, value) for want, value in pairs]))
    return replace(known, cases=cases)


def _result(want: Result, value: Any) -> Result:
    """At a kink two people may differ, in any convention."""
    value = np.asarray(value, dtype=float)
    size = float(np.max(np.abs(value), initial=0))
    free = np.shape(want.low) == value.shape and want.low != want.high
    return Result(value, value, np.where(free, np.inf, HEADROOM * PRECISION * size + FLOOR))


def _spoken(found: Assignment, text: str) -> str:
    """Where the text says how to check, it is this way here."""
    return re.sub(rf"check {re.escape(found.name)}\b", "python check.py", text)


def _copied(module: str) -> str:
    text = (ROOT / "checker" / f"{module}.py").read_text(encoding="utf-8")
    return re.sub(r"(?m)^(\s*from )checker\b", r"\1grader", text)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
