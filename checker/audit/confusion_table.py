"""The table of mutants and their diagnoses in Markdown."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from checker.audit import confusion
from checker.audit.confusion import FAULTS, ConfusionRow
from checker.audit.every_task import every_task
from checker.cases import provenance
from checker.cases.checksum import checksum
from checker.course.assignment import Task
from reference import catalogue

PATH = Path(__file__).parent / "CONFUSION.md"
HEAD = ("operation", "form", "mutants", "generic", "killed", "named", "variants", "right")
UNKNOWN = ("left out", "killed", "certain", "likely", "observed", "nothing")
FILES = "files"
LIBRARY = ("mutants", "variants")
FAMILIES = {module.split(".")[1] for module in catalogue.names().values()}
NO_FAULT = "There is no fault."
ABOUT = """\
# What each mutant is called

Made by `check tables`. For each operation, and for each form of a task: how many *mutants* are
written down and how many *generic* ones apply; how many of both are *killed* by the cases, and how
many written ones are *named* by the diagnosis; how many correct *variants* there are, and how many
are judged *right*. Then how many written mutants were *left out* of the library, one at a time, so
that nothing knew them: how many were *killed* all the same, and how certain the diagnosis was. The
last column is a checksum of the *files* of the operation, its mutants and its variants.
"""


def update(everything: bool) -> str:
    """The table, with new rows for operations whose files have changed, or for `everything`.

    A table with a fault keeps no row.
    """
    tasks, kept = list(every_task()), {} if everything else _kept()
    waiting = [task for task in tasks if files(task) != kept.get(_key(task), [""])[-1]]
    with ProcessPoolExecutor() as pool:
        made = dict(zip(map(_key, waiting), pool.map(confusion.row, waiting), strict=True))
    lines = [line(made[key]) if (key := _key(task)) in made else kept[key] for task in tasks]
    return markdown(lines, [fault for row in made.values() for fault in faults(row)])


def stored() -> list[list[str]]:
    """The cells of each row of the table as it is stored."""
    rows = [row for row in PATH.read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    return [row.strip("| ").split(" | ") for row in rows[2:-1]]


def _kept() -> dict[str, list[str]]:
    if not PATH.read_text(encoding="utf-8").endswith(f"{NO_FAULT}\n"):
        return {}
    return {f"{cells[0]}-{cells[1]}": cells for cells in stored()}


def _key(task: Task) -> str:
    return f"{task.operation}-{task.asks}"


def files(task: Task) -> str:
    """A checksum of the files of the operation of a task, its mutants and its variants.

    Only files in the folders of families count: what all operations share is tested with a sample.
    """
    module = catalogue.names()[task.operation]
    library = [module.replace("reference.", f"checker.library.{p}.") for p in LIBRARY]
    paths = provenance.sources([module, *library])
    own = {path: data for path, data in paths.items() if path.parent.name in FAMILIES}
    return checksum([data for _, data in sorted(own.items())]).hex()[:8]


def markdown(lines: Sequence[list[str]], listed: Sequence[str]) -> str:
    """The table with a line for each row and their sum, followed by a list of all faults."""
    total = [sum(int(cells[k]) for cells in lines) for k in range(2, len(HEAD + UNKNOWN))]
    table = [
        [*HEAD, *UNKNOWN, FILES],
        ["---", "---", *["--:"] * len(total), "---"],
        *lines,
        ["**all**", "", *(f"**{count}**" for count in total), ""],
    ]
    text = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    return "\n".join([ABOUT, text, "", *([f"- {fault}" for fault in listed] or [NO_FAULT])]) + "\n"


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
    return [row.task.operation, row.task.asks, *map(str, counts), files(row.task)]


def faults(row: ConfusionRow) -> list[str]:
    """The faults of a row in words."""
    return [
        f"{row.task.operation}, {row.task.asks}: {name} {FAULTS[kind]}"
        for kind, names in row.faults.items()
        for name in names
    ]
