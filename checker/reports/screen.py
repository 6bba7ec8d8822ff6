"""The size of the terminal, and text that is wrapped to fit it."""

import codecs
import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import TextIO

import click

ENDLESS = 10_000  # lines: a pipe has no bottom
PAGE = os.terminal_size((80, ENDLESS))  # for text that no terminal shows
NARROWEST = 30  # columns that something is shown in
WIDEST_TEXT = 100  # columns: longer lines are hard to read
QUOTED = re.compile(r"`[^`]*`")
PLAIN = {"✓": "+", "✗": "x", "·": ".", "…": "...", "»": ">", "«": "<", "█": "#", "░": "-"}


def size() -> os.terminal_size:
    """The size of the terminal, or what COLUMNS and LINES say.

    The last column stays free: some terminals begin a new line when it is filled.
    """
    if sys.stdout.isatty():
        columns, lines = shutil.get_terminal_size()
    else:
        columns, lines = _number("COLUMNS", PAGE.columns), _number("LINES", PAGE.lines)
    return os.terminal_size((max(columns - 1, NARROWEST), lines))


def wrapped(
    text: str, width: int, first: str = "", others: str | None = None, longest: int = ENDLESS
) -> list[str]:
    """Lines of at most this width, with an indent. A command in backticks stays on one line."""
    lines = textwrap.wrap(
        QUOTED.sub(lambda found: found[0].replace(" ", "\0"), text),
        min(width, WIDEST_TEXT),
        initial_indent=first,
        subsequent_indent=first if others is None else others,
        break_on_hyphens=False,
        max_lines=longest,
        placeholder=" ...",
    )
    return [line.replace("\0", " ") for line in lines]


def fitted(lines: Iterable[str], width: int) -> list[str]:
    """The lines, with those that are too long continued below, further in."""
    return [part for line in lines for part in _fitted(line, width)]


def _fitted(line: str, width: int) -> list[str]:
    if len(click.unstyle(line)) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return wrapped(line.strip(), width, indent, indent + "  ")


def plain_marks(stream: TextIO) -> None:
    """Let a stream write plain letters for the marks that its encoding lacks."""
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error("plain marks", _plain)
        stream.reconfigure(errors="plain marks")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter, "?") for letter in lacking), error.end


def _number(variable: str, otherwise: int) -> int:
    words = os.environ.get(variable, "")
    return int(words) if words.isascii() and words.isdigit() and int(words) else otherwise
