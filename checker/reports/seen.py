"""What could be seen of the failing call: what it printed, numpy's warnings, the calls that led on.

A report that fits one screen shows a few lines of it, and `--verbose` all that was kept.
"""

from checker.grading.report import Seen
from checker.reports.screen import wrapped
from checker.sandbox.plain_text import clean

MOST_CALLS = 6
INDENT, INNER = "    ", "      "


def lines(seen: Seen | None, width: int, most: int) -> list[str]:
    """The lines that describe it, with up to `most` lines of what it printed."""
    if seen is None:
        return []
    return [*_printed(seen, width, most), *_warned(seen, width, most), *_called(seen, width)]


def _printed(seen: Seen, width: int, most: int) -> list[str]:
    if not seen["printed"].strip():
        return []
    written = [clean(line) for line in seen["printed"].rstrip().split("\n")]
    shown = [f"{INNER}{line}"[:width] for line in written[:most]]
    left = len(written) - len(shown)
    if left or seen["cut"]:
        more = f"{left} more lines" if left else f"{seen['cut']} more characters"
        shown.append(f"{INNER}... {more}{': --verbose shows them' if left else ''}")
    return [f"{INDENT}It printed:", *shown]


def _warned(seen: Seen, width: int, most: int) -> list[str]:
    found = seen["warnings"]
    said = [f"Warning in line {each['line']}: {clean(each['text'])}" for each in found[:most]]
    return [part for words in said for part in wrapped(words, width, INDENT, INNER)]


def _called(seen: Seen, width: int) -> list[str]:
    """Which calls led to the line that raised, if there was more than one."""
    if len(seen["calls"]) < 2:
        return []
    calls = [f"{clean(each['function'])} (line {each['line']})" for each in seen["calls"]]
    if len(calls) > MOST_CALLS:  # a function that calls itself
        calls = [*list(dict.fromkeys(calls))[:MOST_CALLS], "the same again and again"]
    first, *others = calls
    return wrapped(f"{first} calls " + ", which calls ".join(others), width, INDENT, INNER)
