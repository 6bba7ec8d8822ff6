"""The verdict and diagnosis of every mutant, with this mutant in the library and without it.

Each mutant of each operation is judged and diagnosed like a submission. Then the mutants that were
written for an operation are left out, one at a time: with a library and a case set made without the
mutant, it must still be judged wrong. A certain finding about it must then be true, that is, it
must also be found on the cases that were selected with the mutant. `check tables` writes the result
to CONFUSION.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from checker.audit import trial
from checker.cases import generation
from checker.cases.case_set import CaseSet
from checker.cases.forms import Call, task_form
from checker.cases.mutants import Mutant, mutants
from checker.cases.selection import can_be_made, outcome
from checker.course.assignment import Task
from checker.diagnosis.finding import Finding
from checker.diagnosis.stages import diagnose
from checker.library.variants import variants

FAULTS = {
    "survived": "is wrong, but is judged right",
    "misnamed": "is called something else",
    "failed": "is right, but is not judged right",
    "accused": "is right, but is called a mistake",
    "passed": "is judged right when it is left out of the library",
    "slandered": "is called something else, with certainty, when it is left out of the library",
}


@dataclass
class ConfusionRow:
    """One question about one operation.

    `written` and `generic` count its mutants, `variants` the correct variants. `said` counts, by
    certainty, the findings about mutants that were left out.
    """

    task: Task
    written: int
    generic: int
    variants: int
    left_out: int = 0
    said: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FAULTS})

    def without(self, fault: str) -> int:
        """The number of mutants or variants without this fault."""
        of = {
            "survived": self.written + self.generic,
            "failed": self.variants,
            "accused": self.variants,
            "passed": self.left_out,
        }
        return of.get(fault, self.written) - len(self.faults[fault])


def row(task: Task) -> ConfusionRow:
    """Judge and diagnose all mutants and variants of a task."""
    form, case_set = task_form(task), generation.generate(task)
    known = tuple(mutant for mutant in mutants(task) if _applies(mutant, case_set))
    others = variants(task.operation, form.backward)
    generic = sum(mutant.generic for mutant in known)
    counts = ConfusionRow(task, len(known) - generic, generic, len(others))
    for mutant in known:
        verdict, finding = _submit(task, case_set, mutant.call, known)
        if verdict == "right":
            counts.faults["survived"].append(mutant.name)
        if mutant.generic:  # another mutant may explain it in more exact words
            continue
        if finding is None or finding.misconception != mutant.misconception:
            counts.faults["misnamed"].append(f"{mutant.name} ({_name(finding)})")
        _leave_out(counts, case_set, mutant, known)
    for function in others:
        verdict, finding = _submit(task, case_set, partial(form.call, function), known)
        if verdict != "right":
            counts.faults["failed"].append(function.__name__)
        if finding and finding.certainty == "certain":
            counts.faults["accused"].append(function.__name__)
    return counts


def _applies(mutant: Mutant, case_set: CaseSet) -> bool:
    """Whether a mutant gives an answer to some case."""
    return can_be_made(mutant, [outcome(mutant, case.arguments) for case in case_set.cases])


def _leave_out(
    counts: ConfusionRow, case_set: CaseSet, mutant: Mutant, known: Sequence[Mutant]
) -> None:
    """Judge and diagnose a mutant without it and without others with the same misconception."""
    task = counts.task
    others = tuple(other for other in known if other.misconception != mutant.misconception)
    if mutant.kind == "unstable" and all(other.kind != "unstable" for other in others):
        return  # without an unstable mutant, no extreme case is selected for its errors
    counts.left_out += 1
    case_set_without = generation.generate_for(task, others)
    verdict, finding = _submit(task, case_set_without, mutant.call, others)
    counts.said[finding.certainty if finding else "nothing"] += 1
    if verdict == "right":
        counts.faults["passed"].append(mutant.name)
    if finding and finding.certainty == "certain":
        _, again = _submit(task, case_set, mutant.call, others)
        if _name(again) != finding.mistake:
            counts.faults["slandered"].append(f"{mutant.name} ({finding.mistake})")


def _submit(
    task: Task, case_set: CaseSet, call: Call, known: tuple[Mutant, ...]
) -> tuple[str, Finding | None]:
    evidence = trial.evidence(task, case_set, known, call)
    return trial.verdict(case_set, evidence.judged), diagnose(evidence)


def _name(finding: Finding | None) -> str:
    return finding.mistake if finding else "nothing"
