"""Which mistake is called what: every known version handed in, and then as one that nobody knew.

python -m checker.confusion            prints the table
python -m checker.confusion --write    keeps it in checker/mistakes/CONFUSION.md

Each known version of each operation is judged and diagnosed as a submission would be. Then it is
left out: with a library and a bank that have never heard of it, it must still not be right, and
what is said of it with certainty must be true, that is, still be said on the cases that were chosen
with the version in view.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker import kinds, making, mistakes, trial
from checker.alternatives import alternatives
from checker.assignment import Task
from checker.bank import TaskBank
from checker.diagnosis import diagnose
from checker.diagnosis.evidence import Finding
from checker.mistakes import Entry, library
from checker.questions import questions

PATH = Path(mistakes.__file__).parent / "CONFUSION.md"
FAULTS = {
    "survived": "is wrong, and is judged right",
    "misnamed": "is called something else",
    "failed": "is right, and is judged otherwise",
    "accused": "is right, and is called a mistake",
    "passed": "is judged right when it is left out of the library",
    "slandered": "is called something else, with certainty, when it is left out of the library",
}


@dataclass
class Row:
    """One question about one operation. `said` counts by certainty what was said of the unknown."""

    task: Task
    known: int
    right: int
    left_out: int = 0
    said: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FAULTS})

    def without(self, fault: str) -> int:
        """How many have no such fault."""
        of = {"failed": self.right, "accused": self.right, "passed": self.left_out}
        return of.get(fault, self.known) - len(self.faults[fault])


def row(task: Task) -> Row:
    known, others = library(task.operation, task.asks), alternatives(task.operation, task.asks)
    found = Row(task, len(known), len(others))
    bank = making.make(task)
    for entry in known:
        verdict, finding = _handed_in(task, bank, entry.function, known)
        if verdict == "right":
            found.faults["survived"].append(entry.name)
        if finding is None or finding.misconception != entry.misconception:
            found.faults["misnamed"].append(f"{entry.name} ({_name(finding)})")
        _leave_out(task, bank, entry, known, found)
    for function in others:
        verdict, finding = _handed_in(task, bank, function, known)
        if verdict != "right":
            found.faults["failed"].append(function.__name__)
        if finding and finding.certainty == "certain":
            found.faults["accused"].append(function.__name__)
    return found


def _leave_out(
    task: Task, bank: TaskBank, entry: Entry, known: Sequence[Entry], found: Row
) -> None:
    """What becomes of a version without it, and without those that are the same mistake."""
    others = [each for each in known if each.misconception != entry.misconception]
    if entry.kind == "unstable" and all(each.kind != "unstable" for each in others):
        return  # extreme inputs are asked where an unstable version is known, and only there
    found.left_out += 1
    blind = making.made_for(task, others)
    verdict, finding = _handed_in(task, blind, entry.function, others)
    found.said[finding.certainty if finding else "nothing"] += 1
    if verdict == "right":
        found.faults["passed"].append(entry.name)
    if finding and finding.certainty == "certain":
        _, again = _handed_in(task, bank, entry.function, others)
        if _name(again) != finding.mistake:
            found.faults["slandered"].append(f"{entry.name} ({finding.mistake})")


def _handed_in(
    task: Task, bank: TaskBank, function: Callable[..., Any], known: Iterable[Entry]
) -> tuple[str, Finding | None]:
    form = kinds.form(kinds.asked(task), task.asks)
    evidence = trial.evidence(task, form, bank, function)
    vars(evidence)["entries"] = tuple(known)
    return trial.verdict(bank, evidence.judged), diagnose(evidence)


def _name(finding: Finding | None) -> str:
    return finding.mistake if finding else "nothing"


def main(arguments: list[str]) -> None:
    from checker.reports import confusion

    with ProcessPoolExecutor() as pool:
        found = confusion.markdown(list(pool.map(row, questions())))
    if arguments == ["--write"]:
        PATH.write_text(found, encoding="utf-8")
    else:
        print(found)


if __name__ == "__main__":
    main(sys.argv[1:])
