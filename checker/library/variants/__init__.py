"""Correct variants: other ways to implement an operation, which must be graded as right.

The tree mirrors `reference`. Each public function computes the operation in another way: with
another formula, a loop, another precision, its own buffer, or the other side of a kink. A backward
has `grad` as its first parameter.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

from checker.library.mutants import is_backward
from reference.catalogue import names


def variants(operation: str, backward: bool = False) -> tuple[Callable[..., Any], ...]:
    """The correct variants of an operation, or of its backward."""
    name = names()[operation].replace("reference.", "checker.library.variants.")
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise
        return ()
    return tuple(
        value
        for key, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == name
        and key[0] != "_"
        and is_backward(value) == backward
    )
