"""Text that a submission had a hand in, made fit for a line of a report."""

import unicodedata

LONGEST = 160
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, line separators


def clean(text: str) -> str:
    """One line without control or direction characters, cut where it gets long."""
    visible = "".join(" " if unicodedata.category(c) in UNSEEN else c for c in text[: 4 * LONGEST])
    line = " ".join(visible.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "\u2026"
