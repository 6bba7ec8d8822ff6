"""Correct variants: other ways to implement an operation, which must be graded as right.

The tree mirrors `reference`. Each public function computes the operation in another way: with
another formula, a loop, another precision, its own buffer, or the other side of a kink. A backward
has `grad` as its first parameter. A course may have further ones, in variants/<operation>.py in its
folder.
"""

from collections.abc import Callable
from typing import Any

from checker.course import code
from checker.library.mutants import functions, is_backward, modules


def variants(operation: str, backward: bool = False) -> tuple[Callable[..., Any], ...]:
    """The correct variants of an operation, or of its backward."""
    return tuple(
        function
        for module in modules(code.VARIANTS, operation)
        for function in functions(module)
        if is_backward(function) == backward
    )
