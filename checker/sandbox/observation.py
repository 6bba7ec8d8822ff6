"""One call of a function, observed: what it prints, numpy's warnings, and where it raises.

All other calls of a submission are silent. This runs in the worker only.
"""

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from checker.sandbox.messages import Observed

LONGEST_TEXT = 2000  # characters of what is printed
LONGEST_LINE = 200  # characters of a warning, and of a name
MOST_WARNINGS = 5
MOST_FRAMES = 20


class _Bounded(io.TextIOBase):
    """Keeps the beginning of what is written, and how much there was."""

    def __init__(self) -> None:
        self.text, self.length = "", 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: LONGEST_TEXT - len(self.text)]
        self.length += len(text)
        return len(text)


def observed(function: Callable[..., Any], arguments: list[Any], filename: str) -> Observed:
    """Call a function of this file, and say what could be seen of the call."""
    printed, calls = _Bounded(), list[list[Any]]()
    with _warnings() as caught, contextlib.redirect_stdout(printed):
        try:
            function(*arguments)
        except BaseException as error:  # sys.exit in a function ends this call only
            frames = traceback.extract_tb(error.__traceback__)
            calls = [
                [f.name[:LONGEST_LINE], f.lineno or 0] for f in frames if f.filename == filename
            ]
    own = [each for each in caught if each.filename == filename]
    said = [[str(each.message)[:LONGEST_LINE], each.lineno] for each in own[:MOST_WARNINGS]]
    return Observed(printed.text, printed.length, said, calls[-MOST_FRAMES:])


@contextlib.contextmanager
def _warnings() -> Iterator[list[warnings.WarningMessage]]:
    """Collect warnings, those of numpy about invalid numbers too."""
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("default")  # once for each line
        yield caught
