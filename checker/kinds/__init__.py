"""How a course asks for an operation: one file per kind, found by the kind's name.

Each kind has forms, the questions a task can ask of it ("forward", "backward", ...). A form turns
an operation into the signature a student implements, the arguments of a case, and the answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from checker.assignment import Task
from checker.rounding import Traced
from reference.catalogue import operation
from reference.spec import Argument


@dataclass(frozen=True)
class Part:
    """An argument or a result: its name, its shape in words, and what is said about it."""

    name: str
    axes: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class Answer:
    """What a result may be: anything between `low` and `high`, which differ only at a kink."""

    low: Traced
    high: Traced


@dataclass(frozen=True)
class Form:
    """One question about one operation.

    `call` runs a function that has the reference's signature on the student's arguments, so that
    the same form asks the reference and a known mistake.
    """

    arguments: tuple[Part, ...]
    results: tuple[Part, ...]
    backward: bool
    call: Callable[[Callable[..., Any], list[Any]], tuple[Any, ...]]
    answers: Callable[[list[Any]], tuple[Answer, ...]]
    values: Callable[[Mapping[str, Any]], list[Any]]


@dataclass(frozen=True)
class Asked:
    """What a task asks of an operation: the arguments of the student's function, and settings that
    it fixes. Settings that are neither keep the reference's default.
    """

    operation: Any
    arguments: tuple[Argument, ...]
    fixed: Mapping[str, Any]

    def possible(self, **case: Any) -> bool:
        """Whether the operation is defined for this case, given all the settings it will have."""
        condition = getattr(self.operation, "possible", None)
        defaults = {a.name: a.default for a in self.operation.arguments if a.tried}
        return condition is None or bool(condition(**{**defaults, **self.fixed, **case}))


def asked(task: Task) -> Asked:
    spec = operation(task.operation)
    kept = tuple(a for a in spec.arguments if not a.tried or a.name in task.arguments)
    return Asked(spec, kept, dict(task.fixed))


def form(task: Task) -> Form:
    """Raises LookupError, naming the forms there are, where the kind has no such form."""
    question = asked(task)
    kind: str = question.operation.kind
    forms: dict[str, Callable[[Asked], Form]] = import_module(f"checker.kinds.{kind}").FORMS
    if task.asks not in forms:
        raise LookupError(f"asks = {task.asks!r} is not one of {', '.join(map(repr, forms))}")
    return forms[task.asks](question)
