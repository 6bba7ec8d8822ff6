"""A bank: the cases a task is graded on, the smallest first, with every answer worked out.

The cases come from the operation's domains and are the same on every machine; the reference answers
them, and the whole is kept in the user's cache, so that a student's check waits for neither.

Cases with extreme inputs stand last, and apart: whoever fails only there is right but unstable.
"""

import contextlib
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.expected import Expected, expected
from checker.worker import wire
from checker.worker.seal import seal

if TYPE_CHECKING:
    from checker.assignment import Assignment, Task

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Result:
    """What one result may be: from low to high, give or take the error bound.

    None of a call that is to be refused.
    """

    low: Any
    high: Any
    bound: Any


@dataclass(frozen=True)
class Case:
    """Arguments in the student's order, the results, and where the case comes from."""

    arguments: list[Any]
    results: list[Result]
    source: str = ""
    extreme: bool = False

    @property
    def refused(self) -> bool:
        """Whether the right answer is a ValueError."""
        return any(result.low is None for result in self.results)

    @cached_property
    def seal(self) -> bytes:
        """What says whether a call has left the arguments as they were."""
        return seal(self.arguments)


@dataclass(frozen=True)
class TaskBank:
    """The cases of one task, and the names that a message needs."""

    arguments: list[str]
    results: list[str]
    cases: list[Case]

    @cached_property
    def question(self) -> bytes:
        """The arguments of all cases as the worker gets them, encoded once for a whole class."""
        return wire.Encoded(wire.encode([case.arguments for case in self.cases]))

    @cached_property
    def known(self) -> dict[tuple[str, str], list[Any]]:
        """What known versions answer to these cases, as far as somebody has asked."""
        return {}

    @cached_property
    def erring(self) -> dict[tuple[str, str], list[int]]:
        """The results that these versions have wrong, as far as somebody has looked."""
        return {}

    @cached_property
    def expected(self) -> "Expected":
        return expected(self.cases)


def load(assignment: "Assignment", made: Callable[[str], object] = str) -> dict[str, TaskBank]:
    """The banks of all tasks: from the cache if it holds them, else made now and kept there.

    `made` hears the name of each task whose bank was made.
    """
    path = _cached(assignment)
    with contextlib.suppress(OSError, wire.BadMessageError, ValueError, TypeError):
        return thawed(wire.decode(path.read_bytes()))
    banks = {}
    for task in assignment.tasks:
        banks[task.function] = make(task, assignment.folder)
        made(task.function)
    with contextlib.suppress(OSError):  # a full or read-only disk: slower next time, no worse
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(wire.encode(frozen(banks)))
        unfinished.replace(path)
    return banks


def make(task: "Task", folder: Path | None = None) -> TaskBank:
    from checker import making  # brings the reference along, and the library of mistakes

    return making.make(task, folder)


def hidden(assignment: "Assignment") -> dict[str, TaskBank]:
    """Cases from the assignment's hidden seed, if it has one; they are never written down."""
    if assignment.hidden_seed is None:
        return {}
    from checker import making

    return {t.function: making.hidden(t, assignment.hidden_seed) for t in assignment.tasks}


def frozen(banks: dict[str, TaskBank]) -> list[Any]:
    return [
        [
            name,
            bank.arguments,
            bank.results,
            [
                [c.arguments, [[r.low, r.high, r.bound] for r in c.results], c.source, c.extreme]
                for c in bank.cases
            ],
        ]
        for name, bank in banks.items()
    ]


def thawed(frozen: list[Any]) -> dict[str, TaskBank]:
    return {
        name: TaskBank(
            arguments,
            results,
            [
                Case(list(map(_shape, given)), [Result(*r) for r in answers], source, bool(extreme))
                for given, answers, source, extreme in cases
            ],
        )
        for name, arguments, results, cases in frozen
    }


def _shape(argument: Any) -> Any:
    """A tuple again, which a message knows as a list only."""
    return tuple(argument) if isinstance(argument, list) else argument


def _cached(assignment: "Assignment") -> Path:
    """Named after all that the bank depends on: specification, checker, manifest, libraries."""
    import platformdirs

    depends = [assignment.folder / "assignment.toml", *assignment.folder.glob("mistakes/*.py")]
    depends += [*ROOT.glob("reference/*.py"), *ROOT.glob("reference/*/*.py")]
    depends += [*ROOT.glob("checker/*.py"), *ROOT.glob("checker/kinds/*.py")]
    depends += ROOT.glob("checker/mistakes/*/*.py")
    key = hashlib.sha256(np.__version__.encode())
    for path in sorted(depends):
        known = path.stat()
        key.update(f"{path}:{known.st_size}:{known.st_mtime_ns}".encode())
    folder = platformdirs.user_cache_path("gradproof", appauthor=False) / "banks"
    return folder / f"{assignment.name}-{key.hexdigest()[:16]}.bank"
