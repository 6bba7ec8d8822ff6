"""Text that a submission had a hand in, made fit for a line of a report."""

import unicodedata

LONGEST = 160
PARAGRAPH = 2000
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, line separators


def clean(text: str, longest: int = LONGEST) -> str:
    """One line without control or direction characters, cut where it gets long."""
    visible = "".join(" " if unicodedata.category(c) in UNSEEN else c for c in text[: 4 * longest])
    line = " ".join(visible.split())
    return line if len(line) <= longest else line[: longest - 1] + "\u2026"
