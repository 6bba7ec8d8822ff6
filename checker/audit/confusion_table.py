"""The table of mutants and their diagnoses in Markdown."""

from collections.abc import Sequence
from pathlib import Path

from checker.audit.confusion import FAULTS, ConfusionRow

PATH = Path(__file__).parent / "CONFUSION.md"
HEAD = ("operation", "form", "mutants", "generic", "killed", "named", "variants", "right")
UNKNOWN = ("left out", "killed", "certain", "likely", "observed", "nothing")
ABOUT = """\
# What each mutant is called

Made by `check tables`. For each operation, and for each form of a task: how many *mutants* are
written down and how many *generic* ones apply; how many of both are *killed* by the cases, and how
many written ones are *named* by the diagnosis; how many correct *variants* there are, and how many
are judged *right*. Then how many written mutants were *left out* of the library, one at a time, so
that nothing knew them: how many were *killed* all the same, and how certain the diagnosis was.
"""


def markdown(rows: Sequence[ConfusionRow]) -> str:
    """The table with a line for each row and their sum, followed by a list of all faults."""
    lines = [line(row) for row in rows]
    total = [sum(int(cells[k]) for cells in lines) for k in range(2, len(HEAD + UNKNOWN))]
    table = [
        list(HEAD + UNKNOWN),
        ["---", "---", *["--:"] * len(total)],
        *lines,
        ["**all**", "", *(f"**{count}**" for count in total)],
    ]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    listed = [f"- {fault}" for row in rows for fault in faults(row)]
    return "\n".join([ABOUT, text, "", *(listed or ["There is no fault."])]) + "\n"


def line(row: ConfusionRow) -> list[str]:
    """The cells of a row."""
    counts = [
        row.written,
        row.generic,
        row.without("survived"),
        row.without("misnamed"),
        row.variants,
        row.variants - len({*row.faults["failed"], *row.faults["accused"]}),
        row.left_out,
        row.without("passed"),
        *(row.said[certainty] for certainty in UNKNOWN[2:]),
    ]
    return [row.task.operation, row.task.asks, *map(str, counts)]


def faults(row: ConfusionRow) -> list[str]:
    """The faults of a row in words."""
    return [
        f"{row.task.operation}, {row.task.asks}: {name} {FAULTS[kind]}"
        for kind, names in row.faults.items()
        for name in names
    ]
