"""Decorators for functions in a module of mutants that are not simply mistakes."""

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

ATTRIBUTE = "gradproof_mark"


def convention(function: Function) -> Function:
    """Mark a function that is right by the convention of another course or library."""
    return _marked(function, "convention")


def unstable(function: Function) -> Function:
    """Mark a function that is right, except that extreme inputs give nan, inf or large errors."""
    return _marked(function, "unstable")


def term(function: Function) -> Function:
    """Mark a function that is not a mutant but a term of backwards. Its docstring is a formula."""
    return _marked(function, "term")


def mark(function: Callable[..., object]) -> str:
    """The mark of a function, which is "mistake" without a decorator."""
    return str(getattr(function, ATTRIBUTE, "mistake"))


def _marked(function: Function, name: str) -> Function:
    setattr(function, ATTRIBUTE, name)
    return function
