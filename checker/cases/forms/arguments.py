"""Conversion between the arguments of a student's function and those of the reference."""

from collections.abc import Callable, Mapping
from typing import Any

from checker.cases.forms import Call, Part
from reference.spec import Argument, Below, Between, Simplex, Truth, Try

TYPE_NAMES = {bool: "True or False", int: "whole number", str: "text", tuple: "tuple"}


def split(spec: Any, values: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    """Split a student's arguments into data and settings.

    A student's function gets settings by position after the data; the reference gets them by name.
    """
    settings = [a.name for a in spec.arguments if a.tried]
    count = len(values) - len(settings)
    return values[:count], dict(zip(settings, values[count:], strict=True))


def plain(spec: Any, case: Mapping[str, Any]) -> list[Any]:
    """The arguments of a case, with scalars as Python numbers, as a student would pass them."""
    return [
        case[a.name].item()
        if not (a.axes or a.tried) and case[a.name] is not None
        else case[a.name]
        for a in spec.arguments
    ]


def terms(spec: Any, values: list[Any]) -> Any:
    """The sizes of the terms that cancel in a result, where the operation declares it."""
    declared = spec.terms
    if declared is None:
        return 0.0
    named = {a.name: value for a, value in zip(spec.arguments, values, strict=True)}
    return declared(**named)


def names(spec: Any) -> list[str]:
    """The name of each result in messages."""
    count = len(spec.outputs)
    unnamed = [f"result {k}" for k in range(1, count + 1)] if count > 1 else ["the result"]
    return [output.name or name for output, name in zip(spec.outputs, unnamed, strict=True)]


def implementation(call: Call) -> Callable[..., Any]:
    """A submission as an implementation that a property can call.

    A submission takes settings by position after the data; a property passes them by name.
    """

    def function(*data: Any, **settings: Any) -> Any:
        results = call([*data, *settings.values()])
        return results if len(results) > 1 else results[0]

    return function


def part(argument: Argument) -> Part:
    """The description of an argument for students."""
    return Part(argument.name, argument.axes, _described(argument), _type_name(argument))


def _type_name(argument: Argument) -> str:
    for python_type, name in TYPE_NAMES.items():
        if argument.tried and all(isinstance(value, python_type) for value in argument.tried):
            return name
    return "number"


def _described(argument: Argument) -> str:
    if argument.tried and all(isinstance(value, str) for value in argument.tried):
        return f"one of {', '.join(map(repr, argument.tried))}"
    for mark in argument.marks:
        match mark:
            case Try(values=(((str(), *_) as step, *_), *_)):
                return f"of steps, such as {list(step)!r}"
            case Try(values=(tuple(), *_)):
                return "of whole numbers"
            case Below(size="2", least=0):
                return "0 or 1"
            case Below(differ=True, least=least):
                return f"whole numbers from {least} on that differ in each image and channel"
            case Below(size=size, least=least):
                last = int(size) - 1 if size.isdigit() else f"{size} - 1"
                return f"whole numbers from {least} to {last}"
            case Truth(or_real=True):
                return "True or False, or numbers"
            case Truth():
                return "True or False"
            case Between(low=low, high=high):
                return f"numbers between {low:g} and {high:g}"
            case Simplex():
                return "probabilities: each row sums to 1"
    return ""
