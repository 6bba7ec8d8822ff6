"""Calls that end: a changed question or a changed formula may run for ever."""

import sys
from types import FrameType
from typing import Any

from checker.cases.forms import Call

MOST_LINES = 20_000  # of Python, in one call
BETWEEN_LOOKS = 8  # lines, after which integers are looked at
LARGEST_INTEGER = 2**64


class EndlessError(Exception):
    """A call does not end, or its integers grow without end."""


class Lines:
    """Counts the lines of Python that its calls run, in `run`.

    Lines are counted, and not seconds, so that a diagnosis does not depend on the machine.
    """

    def __init__(self) -> None:
        self.run = 0

    def limited(self, call: Call) -> Call:
        """The same call, which raises EndlessError after too many lines."""

        def ending(values: list[Any]) -> tuple[Any, ...]:
            start = self.run

            def count(frame: FrameType, event: str, _: Any) -> Any:
                if event == "line":
                    self.run += 1
                    ran = self.run - start
                    look = ran % BETWEEN_LOOKS == 0
                    if ran > MOST_LINES or (look and any(map(_is_vast, frame.f_locals.values()))):
                        raise EndlessError
                return count

            before = sys.gettrace()
            sys.settrace(count)
            try:
                return call(values)
            finally:
                sys.settrace(before)

        return ending


def _is_vast(value: Any) -> bool:
    return type(value) is int and abs(value) > LARGEST_INTEGER
