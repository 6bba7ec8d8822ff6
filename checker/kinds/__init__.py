"""How a course asks for an operation: one file per kind, found by the kind's name.

Each kind has forms, the questions a task can ask of it ("forward", "backward", ...). A form turns
an operation into the signature a student implements, the arguments of a case, and the answers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial, update_wrapper
from importlib import import_module
from inspect import Parameter, signature
from typing import Any

from checker.assignment import Task
from checker.rounding import Traced
from reference.catalogue import operation
from reference.spec import Argument


@dataclass(frozen=True)
class Part:
    """An argument or a result. `single` is what it is where it has no axes."""

    name: str
    axes: tuple[str, ...]
    about: str = ""
    single: str = "number"


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
    returns: tuple[Part, ...] = ()  # what a student's function returns, if not the results


class Asked:
    """An operation as a task asks for it: with the settings that the student's function takes.

    The other settings are fixed, by the manifest or at the reference's default. In everything else
    it is the operation.
    """

    def __init__(
        self, spec: Any, arguments: tuple[Argument, ...], fixed: Mapping[str, Any]
    ) -> None:
        defaults = {a.name: a.default for a in spec.arguments if a.tried}
        names = {a.name for a in arguments}
        self.operation = spec
        self.arguments = arguments
        self.fixed = {k: v for k, v in {**defaults, **fixed}.items() if k not in names}
        for name, value in self.fixed.items():
            if value is Parameter.empty:
                raise LookupError(f"{name} of {spec.name} is neither in arguments nor in fixed")

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.operation, name)
        return partial(found, **self.fixed) if name in FUNCTIONS and self.fixed else found

    @property
    def laws(self) -> tuple[Callable[..., Any], ...]:
        return tuple(update_wrapper(partial(law, **self.fixed), law) for law in self.operation.laws)

    def possible(self, **case: Any) -> bool:
        """Whether the operation is defined for this case, given all the settings it will have."""
        condition = getattr(self.operation, "possible", None)
        return condition is None or bool(condition(**{**self.fixed, **case}))


FUNCTIONS = ("forward", "backward", "update", "run")
ANSWERS = {
    "forward": "forward",
    "step": "update",
    "path": "update",
    "run": "run",
    "draw": "run",
}


def reference(spec: Any, asks: str) -> Callable[..., Any]:
    """What of the operation answers a question."""
    answer: Callable[..., Any] = getattr(spec, ANSWERS.get(asks, "backward"))
    return answer


def asked(task: Task) -> Any:
    spec = operation(task.operation)
    kept = tuple(a for a in spec.arguments if not a.tried or a.name in task.arguments)
    if spec.kind == "initialiser":  # of a dense layer: kernels have more axes
        kept = tuple(replace(a, axes=a.axes[-2:]) for a in kept)
    return Asked(spec, kept, dict(task.fixed))


def form(spec: Any, asks: str) -> Form:
    """Raises LookupError, naming the forms there are, where the kind has no such form."""
    forms: dict[str, Callable[..., Form]] = import_module(f"checker.kinds.{spec.kind}").FORMS
    if asks not in forms:
        raise LookupError(f"asks = {asks!r} is not one of {', '.join(map(repr, forms))}")
    made = forms[asks](spec)
    fixed = getattr(spec, "fixed", {})
    return replace(made, call=partial(_call, made.call, fixed)) if fixed else made


def _call(call: Callable[..., Any], fixed: Mapping[str, Any], function: Any, values: Any) -> Any:
    """Known versions have all settings of the operation: those that are fixed get that value."""
    known = takes(function)
    return call(partial(function, **{k: v for k, v in fixed.items() if k in known}), values)


@lru_cache(maxsize=4096)
def takes(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(signature(function).parameters)
