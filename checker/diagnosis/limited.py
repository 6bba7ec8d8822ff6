"""Calls that end: a changed question or a changed formula may run for ever."""

import sys
from types import FrameType
from typing import Any

from checker.cases.forms import Call

MOST_LINES = 20_000  # of Python, in one call
MOST_LINES_TOGETHER = 300_000  # in all calls of one search


BETWEEN_LOOKS = 8  # lines, after which integers are looked at
LARGEST_INTEGER = 2**64


class EndlessError(Exception):
    """A call does not end, or its integers grow without end."""


def _is_vast(value: Any) -> bool:
    return type(value) is int and abs(value) > LARGEST_INTEGER


class Effort:
    """The lines of Python that a search may still run.

    Lines are counted, and not seconds, so that a diagnosis does not depend on the machine.
    """

    def __init__(self, lines: int = MOST_LINES_TOGETHER) -> None:
        self.left = lines

    def limited(self, call: Call) -> Call:
        """The same call, which raises EndlessError after too many lines."""

        def ending(values: list[Any]) -> tuple[Any, ...]:
            least = max(0, self.left - MOST_LINES)

            def count(frame: FrameType, event: str, _argument: Any) -> Any:
                if event == "line":
                    self.left -= 1
                    often = self.left % BETWEEN_LOOKS == 0
                    if self.left < least or (often and any(map(_is_vast, frame.f_locals.values()))):
                        raise EndlessError
                return count

            before = sys.gettrace()
            sys.settrace(count)
            try:
                return call(values)
            finally:
                sys.settrace(before)

        return ending
