"""The library of mistakes: what students get wrong, beside the words that help them.

The tree mirrors `reference`. In a module each function is one mistake: its name is its permanent
id, the first line of its docstring is the misconception as the student reads it, the rest is the
hint. A first parameter `grad` means a wrong backward.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from reference.catalogue import names


def mistakes(operation: str) -> tuple[Callable[..., Any], ...]:
    """The known mistakes of an operation: none where nobody wrote any down."""
    module = names()[operation].replace("reference.", "checker.mistakes.")
    try:
        found: tuple[Callable[..., Any], ...] = import_module(module).MISTAKES
    except ModuleNotFoundError:
        return ()
    return found
