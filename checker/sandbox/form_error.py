"""What is said of a function that has not the form in which the lines of a task ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

Known = dict[str, Any]  # the names of the lines
Value = Callable[[Known], Any]
COUNTS = ("no values", "one value", "two values", "three values", "four values", "five values")


class FormError(Exception):
    """A function has not the form in which it is asked. `line` is where it is defined, or 0."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


KIND = FormError.__name__  # by which a grader knows it


@dataclass
class Where:
    """A part of the lines, for messages about it.

    `lines` are those that made its names, and its own. `called` is the function, if it is a call.
    """

    code: str
    lines: list[str]
    called: Value | None
    filename: str

    @property
    def returned(self) -> str:
        """How a message about its value begins."""
        return f"{self.code.partition('(')[0]} returns" if self.called else f"{self.code} is"

    def error(self, words: str, known: Known) -> FormError:
        shown = self.lines[-1:] if self.called else [*self.lines[:-1], self.code]
        asked = ", then ".join(f"`{each}`" for each in shown)
        end = "" if words.endswith("?") else "."
        line = _begun(self.called(known), self.filename) if self.called else 0
        return FormError(f"{words}{end} It is asked like this: {asked}", line)

    def failed(self, error: Exception) -> Exception:
        """What to raise where a computation fails; the exception itself if a student's code did."""
        if is_inside(error):
            return error
        return self.error(f"`{self.code}` fails: {error}", {})


def _begun(function: Any, filename: str) -> int:
    """The line of the submitted file where a function is defined, or 0."""
    if isinstance(function, type):
        function = vars(function).get("__init__")
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if isinstance(code, CodeType) and code.co_filename == filename:
        return code.co_firstlineno
    return 0


def is_inside(error: Exception) -> bool:
    """Whether an exception was raised inside of what was called, and not by the call itself."""
    return error.__traceback__ is not None and error.__traceback__.tb_next is not None


def misfit(function: Any, error: Exception) -> str:
    """Why a function does not take what it is given."""
    method = getattr(function, "__func__", None)
    code = getattr(method, "__code__", None)
    if code is not None and code.co_varnames[:1] != ("self",):
        return f"{error}; the first argument of a method is self"
    counted = code is not None or isinstance(function, type)
    return f"{error}; self is counted among them" if counted else str(error)


def described(value: Any) -> str:
    """What a value is, in words."""
    if value is None:
        return "None: is a `return` missing?"
    if isinstance(value, np.ndarray):
        return f"one array of shape {value.shape}" if value.ndim else "one number"
    if isinstance(value, bool | int | float | np.generic):
        return "one number"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__[:40]} of {count(len(value))}"
    if isinstance(value, dict):
        return "a dictionary"
    return f"an object of type {type(value).__name__[:40]}"


def count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else f"{number} values"
