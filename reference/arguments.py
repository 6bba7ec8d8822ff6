"""The arguments and results of an operation, as the annotations of its functions declare them.

An annotation is `Shaped[Real, "n d", ...]`: the type, the axes, and marks for the domain.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from reference.catalogue import OperationError

Function = Callable[..., Any]
Mark = TypeVar("Mark")


@dataclass(frozen=True)
class Below:
    """Integers in range(least, size), `size` being an axis, a number, or an expression of them.

    An expression for each axis of a group, such as *h+1, stands for the product of its values. If
    they `differ`, no two are equal in one image and channel, which the first two axes count.
    """

    size: str
    least: int = 0
    differ: bool = False


@dataclass(frozen=True)
class Truth:
    """True or False, entry by entry; with `or_real`, a real array is legal too.

    A gradient is asked for where the value is a real array, and is None otherwise.
    """

    or_real: bool = False


@dataclass(frozen=True)
class Between:
    """Real numbers strictly between two bounds."""

    low: float
    high: float


@dataclass(frozen=True)
class Simplex:
    """Positive numbers whose sum over the last axis is one."""


@dataclass(frozen=True)
class Maybe:
    """An argument that may be None. Its gradient is then None."""


@dataclass(frozen=True)
class Given:
    """Data rather than a parameter: no gradient is asked for.

    Of a result: it has no derivative, and the backward takes no upstream gradient for it.
    """


@dataclass(frozen=True)
class Named:
    """What one of several results is called."""

    name: str


@dataclass(frozen=True)
class Try:
    """Settings the checks draw from; others may be legal too."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Range:
    """Every number from `low` to `high` is legal in a setting, besides those listed in its `Try`.

    A whole number may be equal to both; a real number lies strictly between them.
    """

    low: float
    high: float


@dataclass(frozen=True)
class Each:
    """A setting may also be a tuple, with one value for each axis of the group of this name."""

    group: str


@dataclass(frozen=True)
class Convention(Try):
    """A setting in which courses and libraries differ: a task fixes it, no student chooses it."""


@dataclass(frozen=True)
class Subgradient:
    """A choice at a kink: whatever lies between the answers for `low` and for `high` is right.

    A `shared` choice serves many kinks between one input and one output, as in a network. Its two
    answers are then not the slopes to the left and to the right.

    A `conserved` choice distributes a gradient among equal entries, as a maximum does: the sum of
    the gradient is the same for every right answer.
    """

    low: float
    high: float
    shared: bool = False
    conserved: bool = False


@dataclass(frozen=True)
class Argument:
    """One annotated parameter: its axes and its domain.

    n       an axis of any length              ...       any number of axes
    5       an axis of length 5                *d        a group of one to three axes
    4*k     an expression of other axes and of settings; spaces only between parentheses
    *h-k+1  one such axis for each axis of the groups h and k, and each entry of a setting
    len(h)  as many entries as the group h, or the tuple h of a setting, has
    """

    name: str
    axes: tuple[str, ...]
    marks: tuple[Any, ...]
    default: Any = None
    may_be_none: bool = False

    def mark(self, kind: type[Mark]) -> Mark | None:
        """The mark of this kind, if it has one."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    @property
    def tried(self) -> tuple[Any, ...]:
        found = self.mark(Try)
        return found.values if found else ()

    @property
    def fixed(self) -> bool:
        """Whether a task fixes it: a convention, or a function, which no submission is given."""
        functions = bool(self.tried) and callable(self.tried[0])
        return functions or self.mark(Convention) is not None

    @property
    def optional(self) -> bool:
        return self.mark(Maybe) is not None

    @property
    def range(self) -> Range | None:
        return self.mark(Range)

    @property
    def differentiable(self) -> bool:
        """Whether it has a gradient, which is None where the value is no real array."""
        if any(isinstance(mark, Truth) and not mark.or_real for mark in self.marks):
            return False
        return not any(isinstance(mark, Below | Given | Try) for mark in self.marks)


@cache
def arguments(function: Function) -> tuple[Argument, ...]:
    """The arguments of a function. Raises OperationError if one is given values of no such type."""
    hints = get_type_hints(function, include_extras=True)
    found = tuple(
        replace(
            _argument(name, *hints[name].__metadata__),
            default=parameter.default,
            may_be_none=type(None) in get_args(hints[name].__origin__),
        )
        for name, parameter in inspect.signature(function).parameters.items()
        if get_origin(hints.get(name)) is Annotated
    )
    for argument in found:
        _require_type(hints[argument.name].__origin__, argument, function)
    return found


def _require_type(kind: Any, argument: Argument, function: Function) -> None:
    for value in argument.tried if kind in (int, float, str, bool) else ():
        if type(value) is not kind and (type(value), kind) != (int, float):
            place = inspect.unwrap(function).__code__
            raise OperationError(
                f"{place.co_filename}, line {place.co_firstlineno}: {argument.name} of "
                f"{function.__name__} is declared as {kind.__name__}, but its Try has {value!r}."
            )


@cache
def outputs(function: Function) -> tuple[Argument, ...]:
    hint = get_type_hints(function, include_extras=True)["return"]
    several = get_origin(hint) is tuple and ... not in get_args(hint)
    return tuple(map(_output, get_args(hint) if several else (hint,)))


def _output(hint: Any) -> Argument:
    if get_origin(hint) is not Annotated:
        return _argument("", "" if hint in (int, float) else "...")
    name = next((mark.name for mark in hint.__metadata__ if isinstance(mark, Named)), "")
    return _argument(name, *hint.__metadata__)


def _argument(name: str, *marks: Any) -> Argument:
    axes = next((mark for mark in marks if isinstance(mark, str)), "")
    return Argument(name, _split(axes), tuple(m for m in marks if not isinstance(m, str)))


def _split(axes: str) -> tuple[str, ...]:
    """The axes between spaces, apart from spaces between parentheses."""
    return tuple(re.findall(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\S)+", axes))
