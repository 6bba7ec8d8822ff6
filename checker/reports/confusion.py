"""The confusion of known mistakes as a table in Markdown."""

from collections.abc import Sequence

from checker.confusion import FAULTS, Row

HEAD = ("operation", "asks", "known", "caught", "named", "right", "kept")
UNKNOWN = ("left out", "caught", "certain", "likely", "observed", "nothing")
ABOUT = """\
# What each known mistake is called

Made by `python -m checker.confusion --write`. Of each operation, and of each way to ask for it:
how many wrong, unstable and unconventional versions are *known*, are *caught* when they are handed
in, and are *named*; how many *right* variants there are, and how many are *kept* right. Then how
many known versions were *left out* of the library, one at a time, so that nobody knew them: how
many were *caught* all the same, and how sure the diagnosis was.
"""


def markdown(rows: Sequence[Row]) -> str:
    """A line for each row, their sum, and every fault."""
    lines = [line(row) for row in rows]
    total = [sum(int(cells[k]) for cells in lines) for k in range(2, len(HEAD + UNKNOWN))]
    table = [
        list(HEAD + UNKNOWN),
        ["---", "---", *["--:"] * len(total)],
        *lines,
        ["**all**", "", *(f"**{count}**" for count in total)],
    ]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    found = [f"- {fault}" for row in rows for fault in faults(row)]
    return "\n".join([ABOUT, text, "", *(found or ["There is no fault."])]) + "\n"


def line(row: Row) -> list[str]:
    counts = [
        row.known,
        row.without("survived"),
        row.without("misnamed"),
        row.right,
        row.right - len({*row.faults["failed"], *row.faults["accused"]}),
        row.left_out,
        row.without("passed"),
        *(row.said[certainty] for certainty in UNKNOWN[2:]),
    ]
    return [row.task.operation, row.task.asks, *map(str, counts)]


def faults(row: Row) -> list[str]:
    return [
        f"{row.task.operation}, {row.task.asks}: {name} {FAULTS[kind]}"
        for kind, names in row.faults.items()
        for name in names
    ]
