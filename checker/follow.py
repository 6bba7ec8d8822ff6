"""Follow-through: a function that is wrong only because another one it calls is.

The submission is run once more with right versions of the other broken functions written after its
last line, where they take the place of the student's. Only source text goes to the worker: of the
right versions in checker/alternatives those that need nothing but numpy. A notebook is run as the
code of its cells, one after another.
"""

import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from checker import kinds
from checker.alternatives import alternatives
from checker.assignment import Task
from checker.graded import BROKEN, TaskReport
from reference.spec import Operation


def through(
    code: bytes,
    tasks: list[Task],
    reports: list[TaskReport],
    right: Callable[[bytes, Task], bool],
) -> list[TaskReport]:
    """Say of a broken function that it is right but for another one it calls, where it is so.

    `right` runs a text and says whether a task is right there.
    """
    broken = [t for t, r in zip(tasks, reports, strict=True) if r.verdict in BROKEN]
    found = []
    for task, report in zip(tasks, reports, strict=True):
        called = reached(code, task.function) if task in broken else ()
        used = [each for each in broken if each != task and each.function in called]
        data = repaired(code, used)
        if data is not None and right(data, task):
            names = " and ".join(each.function for each in used)
            words = f"{report.message}; it is right once {names} is"
            report = replace(report, score=task.follow_through * task.points, message=words)
        found.append(report)
    return found


def reached(data: bytes, function: str) -> set[str]:
    """What a function calls, by name, and what that calls; a look at the text, which is not parsed.

    A name that stands at the left margin after def or class has the lines up to the next one.
    """
    blocks = re.split(rb"(?m)^(?:def|class)\s+(\w+)", data)
    called = {
        name: set(re.findall(rb"\b(\w+)\s*\(", body))
        for name, body in zip(blocks[1::2], blocks[2::2], strict=True)
    }
    found, waiting = set[bytes](), [function.encode()]
    while waiting:
        new = called.get(waiting.pop(), set()) & called.keys() - found
        found |= new
        waiting += new
    return {name.decode() for name in found}


def repaired(data: bytes, broken: Sequence[Task]) -> bytes | None:
    """The file with these functions replaced; None where one of them has no version to give."""
    versions = [source(task) for task in broken]
    if not versions or None in versions:
        return None
    text = "\n\n".join(["", "import math", "import numpy as np", *filter(None, versions)])
    return data + text.encode()


def source(task: Task) -> str | None:
    """A right function of the task's name, with the arguments a student has."""
    right = next(filter(_stands_alone, alternatives(task.operation, task.asks)), None)
    if right is None:
        return None
    body = textwrap.indent(textwrap.dedent(inspect.getsource(right)), "    ")
    asked = kinds.asked(task)
    if task.asks == "path":
        return None  # a step has no state to begin with here
    known = kinds.takes(right)
    fixed = "".join(f", {k}={v!r}" for k, v in asked.fixed.items() if k in known)
    call = _call(asked, task.asks, right.__name__, fixed)
    return f"def {task.function}(*given):\n{body}\n    {call}\n"


def _stands_alone(function: Callable[..., Any]) -> bool:
    """Nothing of ours is used inside: only numpy, math and what is built in."""
    return set(inspect.getclosurevars(function).globals) <= {"np", "math"}


def _call(spec: Operation, asks: str, name: str, fixed: str) -> str:
    """From the student's arguments to the reference's signature, and from its result to theirs."""
    settings = [argument.name for argument in spec.arguments if argument.tried]
    count = len(settings)
    data = f"*given[:-{count}]" if count else "*given"
    named = "".join(f", {key}=given[{k - count}]" for k, key in enumerate(settings)) + fixed
    match asks:
        case "run":
            names = [argument.name for argument in spec.arguments]
            return f"return {name}(**dict(zip({names}, given)){fixed})"
        case "step":
            return f"return {name}(given[1], None, given[0]{named})[0]"
        case "gradient":
            return f"return (lambda r: r if len(r) > 1 else r[0])({name}(1.0, {data}{named}))"
        case "backward":
            upstream = len(getattr(spec, "outputs", (None,)))
            if upstream > 1:
                data = f"given[:{upstream}], *given[{upstream}:]"
            return f"return (lambda r: r if len(r) > 1 else r[0])({name}({data}{named}))"
    return f"return {name}({data}{named})"
