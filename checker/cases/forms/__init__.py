"""How a task asks for an operation: one module for each kind of operation.

A form is a question about an operation, such as "forward" or "path". It defines the signature that
a student implements, the arguments of a case and the expected results. It also carries every fact
about the question that other packages need. They read such a fact and never ask which kind it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial, update_wrapper
from importlib import import_module
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any

import numpy as np

from checker.course import code
from checker.course.assignment import Task
from checker.numerics import axes
from checker.sandbox.messages import Reply
from reference.catalogue import operation
from reference.spec import Argument, Maybe, Truth

NO_RANKS: Mapping[str, int] = MappingProxyType({})
NO_DEFAULT = "has no default: add it to arguments or to fixed"
Call = Callable[[list[Any]], tuple[Any, ...]]  # of a submission: arguments in, results out


@dataclass(frozen=True)
class Measure:
    """Tests whose measurements replace the replies to some calls.

    A submission gets the `first` arguments of each call, or all of them, and returns `returned`
    results. The other arguments are for the tests alone. `of_known` measures a mutant in all calls
    together, where tests compare the results of several calls.
    """

    tests: Callable[[list[list[Any]], list[Reply]], list[Reply]]
    first: int | None = None
    returned: int = 1
    of_known: Callable[[Call, list[list[Any]]], list[Any]] | None = None

    def __call__(self, calls: list[list[Any]], replies: list[Reply]) -> list[Reply]:
        return self.tests(calls, replies)


@dataclass(frozen=True)
class Part:
    """An argument or a result. `single` describes its type if it has no axes."""

    name: str
    axes: tuple[str, ...]
    about: str = ""
    single: str = "number"


@dataclass(frozen=True)
class Answer:
    """The range of right values of a result: `low` and `high` differ at a kink or in a sample.

    What a statistical test measures has the limits of the test and no rounding error. `total` is
    the sum of a gradient that equal entries share.
    """

    low: Any
    high: Any
    measured: bool = False
    total: float | None = None


@dataclass(frozen=True)
class Form:
    """One question about one operation.

    `reference` is the function of the operation that answers it. `call` runs any function with the
    signature of the reference on the student's arguments, so that mutants and variants are asked
    the same question.

    Facts for generating cases:

        continuous       rounding an input never changes a decision, so no case has to be dropped
        decides          results change where numbers are equal: the case set has such cases
        overflows        the case set has overflow cases, with very large inputs
        rejects_invalid  invalid inputs must raise a ValueError
        repeated         the first case is repeated: the same input must give the same result
        terms            the size of the terms that cancel in a result, computed from the arguments
        chosen           the arguments of all cases, from a first seed on, if the form chooses them

    Facts for diagnosis, credit and pictures:

        backward         the results are gradients
        upstream         how many upstream gradients come first
        measure          replaces what is returned by what tests measure on it
        open             the way to the results is free, so only the tests tell mistakes apart
        implementation   turns a submission into an implementation that properties can be tested on
        property_inputs  the inputs of a property, computed from the arguments of a case
        stand_in         the name of the function in stand_ins.py that adapts a correct variant
        steps            for an optimiser: "one" or "many"
    """

    arguments: tuple[Part, ...]
    results: tuple[Part, ...]
    reference: Callable[..., Any]
    call: Callable[[Callable[..., Any], list[Any]], tuple[Any, ...]]
    answers: Callable[[list[Any]], tuple[Answer, ...]]
    values: Callable[[Mapping[str, Any]], list[Any]]
    returns: tuple[Part, ...] = ()  # what a student's function returns, unless it is `results`
    continuous: bool = False
    decides: bool = False
    overflows: bool = False
    rejects_invalid: bool = False
    repeated: bool = False
    terms: Callable[[list[Any]], Any] = lambda values: 0.0
    chosen: Callable[[int], list[list[Any]]] | None = None
    backward: bool = False
    upstream: int = 0
    measure: Measure | None = None
    open: bool = False
    implementation: Callable[[Call], Callable[..., Any]] | None = None
    property_inputs: Callable[[list[Any]], list[Any]] = list
    stand_in: str = ""
    steps: str = ""


@dataclass(frozen=True)
class Kind:
    """The forms of a kind of operation, by name.

    `suitable` returns the names of the forms that make sense for an operation. `arguments` changes
    the declared arguments where a task is narrower than the operation. `refuted` says what exact
    arithmetic finds wrong with an operation itself, or nothing.
    """

    forms: Mapping[str, Callable[[Any], Form]]
    suitable: Callable[[Any], tuple[str, ...]]
    arguments: Callable[[tuple[Argument, ...]], tuple[Argument, ...]] = tuple
    refuted: Callable[[Any], str] = lambda spec: ""


class ConfiguredOperation:
    """An operation with some of its settings fixed, as a task asks for it.

    The student's function takes the settings in `arguments`. The other settings are fixed by the
    manifest or have the reference's default. An optional argument that the manifest fixes, as
    "none", is left out. All other attributes are those of the operation.
    """

    def __init__(
        self,
        spec: Any,
        arguments: tuple[Argument, ...],
        fixed: Mapping[str, Any],
        ranks: Mapping[str, int] = NO_RANKS,
    ) -> None:
        defaults = {a.name: a.default for a in spec.arguments if a.tried}
        absent = {a.name for a in spec.arguments if a.optional and a.name in fixed}
        arguments = tuple(a for a in arguments if a.name not in absent)
        fixed = {**fixed, **dict.fromkeys(absent)}
        names = {a.name for a in arguments}
        self.operation, self.ranks = spec, ranks
        self.fixed = {k: v for k, v in {**defaults, **fixed}.items() if k not in names}
        self.arguments = tuple(_certain(axes.with_fixed(a, self.fixed)) for a in arguments)
        for name, value in self.fixed.items():
            if value is Parameter.empty:
                raise LookupError(f"{name} of {spec.name} {NO_DEFAULT}")

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.operation, name)
        takes_settings = name in TAKE_SETTINGS and self.fixed and value is not None
        return partial(value, **self.fixed) if takes_settings else value

    @property
    def properties(self) -> tuple[Callable[..., Any], ...]:
        properties = self.operation.properties
        return tuple(update_wrapper(partial(p, **self.fixed), p) for p in properties)

    def has_ranks(self, case: Mapping[str, Any]) -> bool:
        """Whether the arguments have as many axes as the task wants."""
        return all(np.ndim(case[name]) == n for name, n in self.ranks.items() if name in case)

    def possible(self, **case: Any) -> bool:
        """Whether the task has such cases, and the operation is defined for them as it is fixed."""
        if not self.has_ranks(case):
            return False
        condition = getattr(self.operation, "possible", None)
        return condition is None or bool(condition(**{**self.fixed, **case}))


def _certain(argument: Argument) -> Argument:
    """The argument of a task: it is never left out, and a mask has one type."""
    marks = tuple(
        Truth() if isinstance(mark, Truth) else mark
        for mark in argument.marks
        if not isinstance(mark, Maybe)
    )
    return replace(argument, marks=marks)


TAKE_SETTINGS = ("forward", "backward", "update", "run", "terms")


def kind(spec: Any) -> Kind:
    """The forms of the kind of this operation."""
    record: Kind = import_module(f"checker.cases.forms.{spec.kind}").KIND
    return record


def configured(task: Task) -> Any:
    """The operation of a task, with the settings of the task."""
    spec = operation(task.operation)
    with code.operation(task.operation):
        axes.names([*spec.arguments, *getattr(spec, "outputs", ())])
    kept = tuple(a for a in spec.arguments if not a.tried or a.name in task.arguments)
    arguments = kind(spec).arguments(kept)
    return ConfiguredOperation(spec, arguments, dict(task.fixed), dict(task.ranks))


def form(spec: Any, asks: str) -> Form:
    """The form named `asks` of an operation.

    Raises LookupError, with the names of all forms, if the kind of operation has no such form.
    """
    forms = kind(spec).forms
    if asks not in forms:
        raise LookupError(f"asks = {asks!r} is not one of {', '.join(map(repr, forms))}")
    built = forms[asks](spec)
    fixed = getattr(spec, "fixed", {})
    return replace(built, call=partial(_call, built.call, fixed)) if fixed else built


def task_form(task: Task) -> Form:
    """The form of a task."""
    return form(configured(task), task.asks)


def _call(call: Callable[..., Any], fixed: Mapping[str, Any], function: Any, values: Any) -> Any:
    """Call a function that may have all settings of the operation, with the fixed ones set."""
    names = takes(function)
    return call(partial(function, **{k: v for k, v in fixed.items() if k in names}), values)


@lru_cache(maxsize=4096)
def takes(function: Callable[..., Any]) -> frozenset[str]:
    """The names of the parameters of a function."""
    return frozenset(signature(function).parameters)
