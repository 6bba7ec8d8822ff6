"""Errors carried forward: a function is wrong only because it calls another wrong function.

The submission is run again with correct variants in place of those functions that it calls and that
are not right. Only source text is sent to the worker: each variant is a module of its own, with an
adapter from `stand_ins`, and import statements at the end of the submission replace the student's
functions. For a notebook, the code of its cells is joined to one file.

Functions that a task asks for by lines of its own come from the author's solution, if there is one.
What they keep may be anything, so those go together that are in the same lines.
"""

import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from checker.cases import forms
from checker.cases.forms import stand_ins
from checker.course.assignment import Task
from checker.grading.recording import record
from checker.grading.report import TaskReport
from checker.grading.submission import Submission
from checker.library.variants import variants

KINDS = ("np.asarray", "list", "tuple")  # of what a student's own function may return
MODULE_NAME = "gradproof_{}"  # of the module with a variant
SOLUTION = "gradproof__solution"  # the module with the author's functions
UNFINISHED = ("not started", "missing")


def credit(
    submission: Submission,
    code: bytes,
    graded: list[tuple[Task, TaskReport]],
    is_right: Callable[[Submission, Task], bool],
    solution: str = "",
    *,
    blameless: Collection[str] = (),
) -> list[TaskReport]:
    """The reports, with points and words for functions that only functions they call make wrong.

    `code` is the source of the submission. `is_right` grades one task of a repaired submission.
    `solution` is the source of the author's solution, or nothing. Tasks may be known to be
    `blameless` already.

    A call of a function that is not started earns nothing, because that may be all of the work.
    Nor do functions that are right only with each other: none of them does the work.
    """
    failing = [(task, report) for task, report in graded if report.verdict != "right"]
    calls, tasks = functions_called(code), [task for task, _ in graded]
    solved = functions_called(solution.encode()).keys()
    used_by: dict[str, list[tuple[Task, TaskReport]]] = {}
    for task, report in graded:
        called = reached(calls, *task.names) if report.score < report.max_score else ()
        used_by[task.function] = [
            (other, its)
            for other, its in failing
            if _question(other) != _question(task)
            and (not set(other.names).isdisjoint(called) or _is_part(other, its, task, report))
        ]
    repairable = set(blameless)
    for task in [task for task in tasks if task.function not in blameless]:
        others = [other for other, _ in used_by[task.function]]
        authored = _authored(task, others, tasks) & solved
        plain = [other for other in others if not other.lines]
        for kind in KINDS if plain or authored else ():
            repaired = repair(submission, code, plain, solution, authored, kind=kind)
            if repaired is not None and is_right(repaired, task):
                repairable.add(task.function)
                break
    reports = []
    for task, report in graded:
        used = used_by[task.function]
        circular = any(
            other.function in repairable
            and not set(task.names).isdisjoint(reached(calls, *other.names))
            for other, _ in used
        )
        right = task.function in repairable and not circular
        open_ones = [(other, its) for other, its in used if its.verdict in UNFINISHED]
        if open_ones:
            report = _waiting(report, open_ones, _names(used) if right else "")
        elif right:
            words = f"{report.message}; it is right with a correct {_names(used)}"
            now = record(task, "carried forward", words)
            # The report has no line: the mistake is not in this function.
            report = replace(
                now,
                counterexample=report.counterexample,
                diagnosis=report.diagnosis,
                fresh=report.fresh,
            )
        reports.append(report)
    return reports


def blameless(
    submission: Submission,
    code: bytes,
    failing: list[Task],
    is_right: Callable[[Submission, Task], bool],
) -> set[str]:
    """Those of the failing tasks that are right with correct variants of others that they call.

    These need no diagnosis, which takes longer than this. It is asked of plain functions alone, for
    which arrays take the place of all results: `credit` finds the others.
    """
    plain, calls, found = (
        [task for task in failing if not task.lines],
        functions_called(code),
        set(),
    )
    for task in plain:
        called = reached(calls, task.function)
        used = [
            other
            for other in plain
            if other.function in called
            and _question(other) != _question(task)
            and task.function not in reached(calls, other.function)
        ]
        if used and (repaired := repair(submission, code, used)) and is_right(repaired, task):
            found.add(task.function)
    return found


def _question(task: Task) -> tuple[str, str]:
    """What a task asks. A function that hands its question on to another has not answered it."""
    return task.operation, task.asks


def _is_part(other: Task, its: TaskReport, task: Task, report: TaskReport) -> bool:
    """Whether the lines of a task ask for all of another one, beside functions of its own."""
    begun = its.verdict not in UNFINISHED and report.verdict not in UNFINISHED
    return begun and report.score < report.max_score and set(other.names) < set(task.names)


def _authored(task: Task, others: list[Task], tasks: list[Task]) -> set[str]:
    """Which functions are replaced by the author's, so that those of a task can be asked.

    These are the functions of the other tasks that have lines, with all that go together with them.
    A function of the task itself is replaced only if another task asks for it.
    """
    asked = {name for other in others if other.lines for name in other.names}
    own, names = set(task.names) - asked, set(asked)
    apart = [set(t.names) for t in tasks if t.lines and _question(t) != _question(task)]
    while joined := [each - names for each in apart if each & names and each - names]:
        names |= set().union(*joined)
    return names - own if own else set()


def _waiting(
    report: TaskReport, called: list[tuple[Task, TaskReport]], repaired: str
) -> TaskReport:
    """The report on a function that calls others which are not there.

    `repaired` names the functions with which it is right. Then it has no mistake of its own.
    """
    words = " and ".join(f"{task.function}, which is {its.verdict}" for task, its in called)
    verdict = "crashed" if report.verdict == "not started" else report.verdict
    if repaired:
        message = f"it calls {words}; it is right with a correct {repaired}"
        return replace(report, verdict=verdict, message=message, diagnosis=None, line=None)
    message = f"{report.message}; it calls {words}" if report.message else f"it calls {words}"
    return replace(report, verdict=verdict, message=message)


def _names(used: list[tuple[Task, TaskReport]]) -> str:
    return " and ".join(task.function for task, _ in used)


def functions_called(code: bytes) -> dict[str, set[str]]:
    """The functions of a file that each of its functions calls directly.

    The code is not parsed. A definition is taken to extend from a `def` or `class` at the left
    margin to the next one.
    """
    blocks = re.split(rb"(?m)^(?:def|class)\s+(\w+)", code)
    called = {
        name.decode(): {each.decode() for each in re.findall(rb"\b(\w+)\s*\(", body)}
        for name, body in zip(blocks[1::2], blocks[2::2], strict=True)
    }
    return {name: names & called.keys() for name, names in called.items()}


def reached(calls: dict[str, set[str]], *functions: str) -> set[str]:
    """The names of all functions that these functions call, directly or indirectly."""
    names, waiting = set[str](), list(functions)
    while waiting:
        new = calls.get(waiting.pop(), set()) - names
        names |= new
        waiting += new
    return names


def repair(
    submission: Submission,
    code: bytes,
    broken: list[Task],
    solution: str = "",
    authored: Collection[str] = (),
    *,
    kind: str = KINDS[0],
) -> Submission | None:
    """The submission with the functions of broken tasks replaced, and with the author's.

    None if one of them has no stand-in. `kind` makes what the stand-ins return.
    """
    modules = {MODULE_NAME.format(task.function): stand_in(task, kind) for task in broken}
    names = [(MODULE_NAME.format(task.function), task.function) for task in broken]
    if authored:
        modules[SOLUTION] = solution
        names += [(SOLUTION, name) for name in sorted(authored)]
    if not modules or None in modules.values():
        return None
    imports = "".join(f"\nfrom {module} import {name}" for module, name in names)
    others = {f"{module}.py": text.encode() for module, text in modules.items() if text}
    return replace(
        submission,
        filename="repaired.py",
        data=code + imports.encode() + b"\n",
        others={**submission.others, **others},
    )


def stand_in(task: Task, kind: str = KINDS[0]) -> str | None:
    """The source of a module that defines the function of a task correctly.

    Its arrays and lists are of one `kind`: the code around it may append to a list, or index an
    array by rows and columns.

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
    several = len(form.returns or form.results) > 1
    return f"{text}\n\n{task.function} = returning({kind}, {adapted}, {several})\n"


def _stands_alone(function: Callable[..., Any]) -> bool:
    """Whether a function uses nothing but numpy, math and builtins."""
    return set(inspect.getclosurevars(function).globals) <= {"np", "math"}
