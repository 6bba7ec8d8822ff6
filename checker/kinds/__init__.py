"""How a course asks for an operation: one file per kind, found by the kind's name.

Each kind has forms, the questions a task can ask of it ("forward", "backward", ...). A form turns
an operation into the signature a student implements, the arguments of a case, and the answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from checker.rounding import Traced
from reference.spec import Operation


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


def form(operation: Operation, asks: str) -> Form:
    """Raises LookupError, naming the forms there are, where the kind has no such form."""
    forms: dict[str, Callable[..., Form]] = import_module(f"checker.kinds.{operation.kind}").FORMS
    if asks not in forms:
        raise LookupError(f"asks = {asks!r} is not one of {', '.join(map(repr, forms))}")
    return forms[asks](operation)
