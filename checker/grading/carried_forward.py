"""Errors carried forward: a function is wrong only because it calls another wrong function.

The submission is run again with correct variants in place of its other broken functions. Only
source text is sent to the worker: each variant is a module of its own, with an adapter from
`stand_ins`, and import statements at the end of the submission replace the student's functions.
For a notebook, the code of its cells is joined to one file.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from checker.cases import forms
from checker.cases.forms import stand_ins
from checker.course.assignment import Task
from checker.grading.report import BROKEN, TaskReport
from checker.grading.session import Submission
from checker.library.variants import variants

MODULE_NAME = "gradproof_{}"  # of the module with a variant


def credit(
    submission: Submission,
    code: bytes,
    graded: list[tuple[Task, TaskReport]],
    is_right: Callable[[Submission, Task], bool],
) -> list[TaskReport]:
    """The reports, with partial points for functions whose only error is carried forward.

    `code` is the source of the submission. `is_right` grades one task of a repaired submission.
    """
    broken = [task for task, report in graded if report.verdict in BROKEN]
    reports = []
    for task, report in graded:
        called = reached(code, task.function) if task in broken else ()
        used = [other for other in broken if other != task and other.function in called]
        repaired = repair(submission, code, used)
        if repaired is not None and is_right(repaired, task):
            names = " and ".join(other.function for other in used)
            words = f"{report.message}; it is right with a correct {names}"
            report = replace(report, score=task.carried_forward * task.points, message=words)
        reports.append(report)
    return reports


def reached(code: bytes, function: str) -> set[str]:
    """The names of all functions that a function calls, directly or indirectly.

    The code is not parsed. A definition is taken to extend from a `def` or `class` at the left
    margin to the next one.
    """
    blocks = re.split(rb"(?m)^(?:def|class)\s+(\w+)", code)
    called = {
        name: set(re.findall(rb"\b(\w+)\s*\(", body))
        for name, body in zip(blocks[1::2], blocks[2::2], strict=True)
    }
    names, waiting = set[bytes](), [function.encode()]
    while waiting:
        new = called.get(waiting.pop(), set()) & called.keys() - names
        names |= new
        waiting += new
    return {name.decode() for name in names}


def repair(submission: Submission, code: bytes, broken: list[Task]) -> Submission | None:
    """The submission with these functions replaced, or None if one of them has no stand-in."""
    modules = {MODULE_NAME.format(task.function): stand_in(task) for task in broken}
    if not modules or None in modules.values():
        return None
    names = zip(modules, broken, strict=True)
    imports = "".join(f"\nfrom {module} import {task.function}" for module, task in names)
    others = {f"{module}.py": text.encode() for module, text in modules.items() if text}
    return replace(
        submission,
        filename="repaired.py",
        data=code + imports.encode() + b"\n",
        others={**submission.others, **others},
    )


def stand_in(task: Task) -> str | None:
    """The source of a module that defines the function of a task correctly.

    None if no variant can be sent to the worker on its own, or the form has no adapter.
    """
    spec = forms.configured(task)
    form = forms.form(spec, task.asks)
    right = next(filter(_stands_alone, variants(task.operation, form.backward)), None)
    if right is None or not form.stand_in:
        return None
    arguments = [argument.name for argument in spec.arguments]
    settings = [argument.name for argument in spec.arguments if argument.tried]
    fixed = {name: spec.fixed[name] for name in spec.fixed.keys() & forms.takes(right)}
    adapted = f"{form.stand_in}({right.__name__}, {arguments!r}, {settings!r}, {fixed!r})"
    parts = (inspect.getsource(stand_ins), inspect.getsource(right))
    text = "\n\n".join(["import math", "import numpy as np", *parts])
    return f"{text}\n\n{task.function} = {adapted}\n"


def _stands_alone(function: Callable[..., Any]) -> bool:
    """Whether a function uses nothing but numpy, math and builtins."""
    return set(inspect.getclosurevars(function).globals) <= {"np", "math"}
