"""A bank: the cases a task is graded on, the smallest first, with every answer worked out.

The cases come from the operation's domains and are the same on every machine; the reference answers
them, and the whole is kept in the user's cache, so that a student's check waits for neither.
"""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from checker.assignment import Assignment, Task
from checker.rounding import Traced
from checker.worker import wire

DRAWN = 100
SMALLEST = 16  # of the cases kept, so that what fails first is small
LARGER = 24
ROOT = Path(__file__).parents[1]

# Any algorithm in single precision is right: a student may use float32, or round differently.
PRECISION = 2.0**-24
HEADROOM = 64.0


@dataclass(frozen=True)
class Result:
    """What one result may be: from low to high, give or take the error bound."""

    low: Any
    high: Any
    bound: Any


@dataclass(frozen=True)
class Case:
    """Arguments in the student's order, the results, and where the case comes from."""

    arguments: list[Any]
    results: list[Result]
    source: str = ""


@dataclass(frozen=True)
class TaskBank:
    """The cases of one task, and the names that a message needs."""

    arguments: list[str]
    results: list[str]
    cases: list[Case]


def load(assignment: Assignment) -> dict[str, TaskBank]:
    """The banks of all tasks: from the cache if it holds them, else made now and kept there."""
    path = _cached(assignment)
    with contextlib.suppress(OSError, wire.BadMessageError, ValueError, TypeError):
        return _thawed(wire.decode(path.read_bytes()))
    banks = {task.function: make(task) for task in assignment.tasks}
    with contextlib.suppress(OSError):  # a full or read-only disk: slower next time, no worse
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(wire.encode(_frozen(banks)))
        unfinished.replace(path)
    return banks


def make(task: Task) -> TaskBank:
    from checker import inputs, kinds

    question, form = kinds.asked(task), kinds.form(task)
    drawn: dict[bytes, list[Any]] = {}
    for case in inputs.series(question.arguments, question.possible, DRAWN):
        values = form.values(case)
        drawn.setdefault(wire.encode(values), values)
    ordered = sorted(drawn.values(), key=_size)
    rest = ordered[SMALLEST:]
    ordered = ordered[:SMALLEST] + rest[:: max(1, len(rest) // LARGER)]
    cases = [
        Case(values, [_result(a.low, a.high) for a in form.answers(values)]) for values in ordered
    ]
    return TaskBank(
        [part.name for part in form.arguments],
        [part.name for part in form.results],
        [*_worked_examples(question.operation, task, form), *cases],
    )


def _worked_examples(spec: Any, task: Task, form: Any) -> list[Case]:
    """A lecture's own numbers, to the digits it prints: whoever rounds as it does is right."""
    cases = []
    for example in getattr(spec, "examples", ()):
        if task.asks not in example.prints:
            continue
        values = form.values({name: np.array(value) for name, value in example.inputs.items()})
        results = [
            _result(answer.low, answer.high) if printed is None else _printed(printed)
            for answer, printed in zip(form.answers(values), example.prints[task.asks], strict=True)
        ]
        cases.append(Case(values, results, f"the worked example of {example.source}"))
    return cases


def _result(low: Traced, high: Traced) -> Result:
    error = np.maximum(low.error, high.error)
    return Result(low.value, high.value, HEADROOM * PRECISION * error + 1e-30)


def _printed(digits: str) -> Result:
    decimals = len(digits.partition(".")[2])
    return Result(np.array(float(digits)), np.array(float(digits)), np.array(0.5 * 10.0**-decimals))


def _size(values: list[Any]) -> int:
    """Few entries first; one that is no whole number counts twice, being harder to follow."""
    arrays = [np.asarray(value, dtype=float) for value in values]
    return sum(array.size + int(np.sum(array != np.round(array))) for array in arrays)


def _frozen(banks: dict[str, TaskBank]) -> list[Any]:
    return [
        [
            name,
            bank.arguments,
            bank.results,
            [
                [c.arguments, [[r.low, r.high, r.bound] for r in c.results], c.source]
                for c in bank.cases
            ],
        ]
        for name, bank in banks.items()
    ]


def _thawed(frozen: list[Any]) -> dict[str, TaskBank]:
    return {
        name: TaskBank(
            arguments,
            results,
            [Case(a, [Result(*r) for r in answers], source) for a, answers, source in cases],
        )
        for name, arguments, results, cases in frozen
    }


def _cached(assignment: Assignment) -> Path:
    """Named after all that the bank depends on: specification, checker, manifest, libraries."""
    import platformdirs

    depends = [assignment.folder / "assignment.toml"]
    depends += [*ROOT.glob("reference/*.py"), *ROOT.glob("reference/*/*.py")]
    depends += [*ROOT.glob("checker/*.py"), *ROOT.glob("checker/kinds/*.py")]
    key = hashlib.sha256(np.__version__.encode())
    for path in sorted(depends):
        known = path.stat()
        key.update(f"{path}:{known.st_size}:{known.st_mtime_ns}".encode())
    folder = platformdirs.user_cache_path("gradproof", appauthor=False) / "banks"
    return folder / f"{assignment.name}-{key.hexdigest()[:16]}.bank"
