"""Make text that a submission can influence safe to show in a report."""

import unicodedata

LONGEST_LINE = 160
PARAGRAPH = 2000
# Control characters, direction marks, line separators.
INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(text: str, longest: int = LONGEST_LINE) -> str:
    """Return one line without control and direction characters, cut after `longest` characters."""
    visible = "".join(
        " " if unicodedata.category(c) in INVISIBLE_CATEGORIES else c for c in text[: 4 * longest]
    )
    line = " ".join(visible.split())
    return line if len(line) <= longest else line[: longest - 1] + "\u2026"
