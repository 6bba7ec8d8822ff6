"""Between a student's arguments, all of them by position, and those of the reference."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from checker.kinds import Part
from checker.rounding import Traced
from reference.spec import Argument, Below, Between, Simplex, Try

KINDS = {bool: "True or False", int: "whole number", str: "text", tuple: "tuple"}


def split(spec: Any, values: list[Any]) -> tuple[list[Any], dict[str, Any]]:
    """A student gets settings by position, after the data; the reference wants them by name."""
    settings = [a.name for a in spec.arguments if a.tried]
    count = len(values) - len(settings)
    return values[:count], dict(zip(settings, values[count:], strict=True))


def with_error(spec: Any, values: list[Any]) -> list[Any]:
    """Data carries its error from here on; a setting stays the number it is."""
    data, settings = split(spec, values)
    return [*map(traced, data), *settings.values()]


def traced(value: Any) -> Any:
    real = isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")
    return Traced(value) if real else value


def plain(spec: Any, case: Mapping[str, Any]) -> list[Any]:
    """A scalar argument is a Python number, as a student would pass it."""
    return [case[a.name] if a.axes or a.tried else case[a.name].item() for a in spec.arguments]


def part(argument: Argument) -> Part:
    return Part(argument.name, argument.axes, _described(argument), _kind(argument))


def _kind(argument: Argument) -> str:
    for kind, words in KINDS.items():
        if argument.tried and all(isinstance(value, kind) for value in argument.tried):
            return words
    return "number"


def _described(argument: Argument) -> str:
    if argument.tried and all(isinstance(value, str) for value in argument.tried):
        return f"one of {', '.join(map(repr, argument.tried))}"
    for mark in argument.marks:
        match mark:
            case Try(values=(tuple(), *_)):
                return "of whole numbers"
            case Below(size=size):
                return f"whole numbers from 0 to {size} - 1"
            case Between(low=low, high=high):
                return f"numbers between {low:g} and {high:g}"
            case Simplex():
                return "probabilities: each row sums to 1"
    return ""
