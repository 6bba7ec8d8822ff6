"""Right in other words: the ways to write an operation that no grader may fail.

The tree mirrors `reference`. Each function computes what the operation does by another route:
another formula, a loop, another precision, a buffer of its own, the other side of a kink. A first
parameter `grad` means a backward.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from checker.mistakes import is_backward
from reference.catalogue import names


def alternatives(operation: str, asks: str) -> tuple[Callable[..., Any], ...]:
    name = names()[operation].replace("reference.", "checker.alternatives.")
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise
        return ()
    backward = asks in ("backward", "gradient")
    return tuple(each for each in module.ALTERNATIVES if is_backward(each) == backward)
