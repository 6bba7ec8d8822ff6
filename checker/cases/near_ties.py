"""Cases a little beside a tie: a decision may allow for rounding, but for no more than that.

The numbers of an array are moved a little from a tie, or lie a little above and below a setting
that they may be compared with, such as a threshold.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.cases.answering import answered
from checker.cases.case_set import Case
from checker.cases.forms import Form
from checker.cases.rounding_stability import steady
from checker.numerics.equations import is_real
from reference.spec import Argument, Between, Simplex

BESIDE = 1e-4  # how far a number is from the tie: far more than rounding


def near_ties(spec: Any, question: Form, ties: list[Case], others: list[Case]) -> list[Case]:
    """The ties with moved numbers, and the largest of the others with numbers beside a setting."""
    arguments = {argument.name: argument for argument in spec.arguments}
    names = [part.name for part in question.arguments]
    found = []
    for values in (*_moved(arguments, names, ties), *_beside_settings(arguments, names, others)):
        named = dict(zip(names, values, strict=True))
        if spec.possible(**{name: named[name] for name in arguments if name in named}):
            case = answered(question, values)
            found += [case] if steady(question, case) else []
    return found


def _moved(
    arguments: dict[str, Argument], names: list[str], cases: list[Case]
) -> Iterator[list[Any]]:
    for case in cases:
        pairs = zip(names, case.arguments, strict=True)
        yield [
            _inside(arguments.get(name), value, value + _steps(value.shape))
            if is_real(value) and _is_free(arguments.get(name))
            else value
            for name, value in pairs
        ]


def _beside_settings(
    arguments: dict[str, Argument], names: list[str], cases: list[Case]
) -> Iterator[list[Any]]:
    """The largest case of each value of a setting, with the numbers of one array near it."""
    settings = [at for at, name in enumerate(names) if name in arguments and arguments[name].tried]
    largest = {c.arguments[at]: c for c in cases for at in settings}
    for setting, case in largest.items():
        if not isinstance(setting, float):
            continue
        for at, value in enumerate(case.arguments):
            argument = arguments.get(names[at])
            if is_real(value) and value.ndim and _is_free(argument):
                near = _inside(argument, value, setting + _steps(value.shape))
                yield [*case.arguments[:at], near, *case.arguments[at + 1 :]]


def _is_free(argument: Argument | None) -> bool:
    return not (argument and argument.mark(Simplex))


def _steps(shape: tuple[int, ...]) -> Any:
    """Up and down, by different amounts, so that they do not cancel in a sum."""
    return np.where(np.arange(np.prod(shape, dtype=int)).reshape(shape) % 2, 2 * BESIDE, -BESIDE)


def _inside(argument: Argument | None, value: Any, moved: Any) -> Any:
    """The moved numbers, except where they are beyond the bounds of the argument."""
    between = argument.mark(Between) if argument else None
    if between is None:
        return moved
    return np.where((moved > between.low) & (moved < between.high), moved, value)
