"""Settings, checked when they are given: an unknown name is refused with the nearest known one."""

import difflib
import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, Self, TypeVar

import numpy as np

P = ParamSpec("P")
R = TypeVar("R")

# What Keras calls it, where the nearest name by letters is not the one that is meant.
WORDS_OF_KERAS = {
    "beta_1": "beta1",
    "beta_2": "beta2",
    "centered": "centred",
    "decay": "learning_rate",
    "kernel_initialiser": "kernel_initializer",
    "initialiser": "kernel_initializer",
    "kernel_regularizer": "penalty",
    "penalty": "kernel_regularizer",
    "l1": "strength",
    "l2": "strength",
    "lr": "learning_rate",
}


def refuse_unknown(owner: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Raise TypeError for the first name that the owner does not know."""
    known = sorted(known)
    for name in given:
        if name in known:
            continue
        likely = WORDS_OF_KERAS.get(name)
        near = [likely] if likely in known else difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"It has: {', '.join(known) or 'none'}."
        raise TypeError(f"{owner} has no setting {name!r}. {hint}")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """The same function, which refuses unknown names with the nearest one it has."""
    known = _names(function)

    @functools.wraps(function)
    def call(*arguments: P.args, **settings: P.kwargs) -> R:
        refuse_unknown(function.__name__, settings, known)
        return function(*arguments, **settings)

    return call


class Checked:
    """A class whose constructors refuse unknown names with the nearest one they have.

    The names are those of its own constructor and of its base classes, up to `last_named`.
    """

    last_named: type = object

    def __new__(cls, *_: Any, **settings: Any) -> Self:
        constructor: Any = cls
        refuse_unknown(cls.__name__, settings, _constructor_names(constructor))
        return super().__new__(cls)


@functools.cache
def _constructor_names(cls: Any) -> frozenset[str]:
    """The names that the constructor takes, with those that it passes to its base classes."""
    known: set[str] = set()
    for base in cls.__mro__:
        if "__init__" in vars(base):
            known |= _names(vars(base)["__init__"])
        if base is cls.last_named:
            break
    return frozenset(known)


def _names(function: Callable[..., Any]) -> frozenset[str]:
    return frozenset(
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ) - {"self"}


def whole(name: str, value: Any, least: int) -> int:
    """A whole number. Raises ValueError for anything else."""
    fits = isinstance(value, int | np.integer) and not isinstance(value, bool) and value >= least
    if not fits:
        raise ValueError(f"{name} is a whole number from {least} up, not {value!r}")
    return int(value)
