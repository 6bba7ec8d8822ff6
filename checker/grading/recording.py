"""The last step of grading: make the report on a task from judgements and a finding."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from checker.cases.case_set import CaseSet
from checker.cases.counterexample import Counterexample, message
from checker.cases.judge import Judgement
from checker.cases.points import earned
from checker.course.assignment import Task
from checker.course.call_lines import CallLines
from checker.grading.report import Diagnosis, Line, Seen, TaskReport
from checker.sandbox.messages import Observed
from checker.sandbox.observation import LONGEST_LINE, LONGEST_TEXT, MOST_FRAMES, MOST_WARNINGS

if TYPE_CHECKING:
    from checker.diagnosis.finding import Finding


def record(
    task: Task,
    verdict: str,
    words: str = "",
    *,
    results: Sequence[str] = (),
    case: Counterexample | None = None,
    diagnosis: Diagnosis | None = None,
    line: Line | None = None,
    seen: Seen | None = None,
) -> TaskReport:
    """The report on a task.

    Its points are those of the verdicts on its `results`. Where these do not tell the whole, as if
    a convention makes them right, they are those of the verdict on the task.
    """
    verdicts = results if verdict in results else [verdict]
    if case and task.lines:
        case = {**case, "asked": _pasted(task.lines), "imported": list(task.names)}
    score, reason = earned(task.points, task.credit, task.shares, verdicts)
    return TaskReport(
        task.function,
        verdict,
        score,
        task.points,
        words,
        case,
        diagnosis,
        line,
        seen,
        reason=reason,
    )


def compared(task: Task, case_set: CaseSet, case: Counterexample) -> Counterexample:
    """The case, with the code by which the lines of a task compute a wrong result from others."""
    parts = task.lines.results if task.lines else []
    pairs = zip(case_set.results, parts, strict=False)
    wrong = {n: code for n, code in pairs if n in case.get("expected", {})}
    code = {name: code for name, code in wrong.items() if not code.isidentifier()}
    return {**case, "compared": code} if code else case


def _pasted(lines: CallLines) -> list[str]:
    """The lines for a Python session, which shows the value of the last one."""
    pasted: list[str] = []
    for line in [*lines.body, lines.result]:
        if pasted and pasted[-1].startswith(" ") and not line.startswith(" "):
            pasted.append("")  # ends the block
        pasted.append(line)
    return pasted


def decide(
    case_set: CaseSet,
    judged: list[Judgement],
    first: int,
    finding: "Finding | None",
    *,
    refused: bool = False,
) -> tuple[str, str]:
    """The verdict and message of a task whose most informative failing case is `first`.

    `refused` says that other conventions earn no points in this task.
    """
    judgement = judged[first]
    if case_set.cases[first].extreme:
        words = judgement.words or "its values are wrong"
        return (
            "unstable",
            f"right on ordinary inputs, but not on extreme ones such as huge numbers: {words}",
        )
    if finding is not None and finding.kind == "convention" and judgement.verdict == "wrong":
        words = "right, but by another convention than the one in this task"
        if refused:
            words = "it follows another convention: the text says which one is asked here"
        return "other convention", words
    return judgement.verdict, message(case_set, judged, first)


def as_seen(observed: Observed | None) -> Seen | None:
    """What was observed of a call, as data. None if there is nothing to see."""
    if observed is None or not (observed.printed or observed.warnings or observed.calls):
        return None
    printed = observed.printed[:LONGEST_TEXT]
    warned = _pairs(observed.warnings[:MOST_WARNINGS])
    called = _pairs(observed.calls[-MOST_FRAMES:])
    return {
        "printed": printed,
        "cut": max(0, observed.length - len(printed)),
        "warnings": [{"line": line, "text": text} for text, line in warned],
        "calls": [{"function": name, "line": line} for name, line in called],
    }


def _pairs(values: list[Any]) -> Iterator[tuple[str, int]]:
    """Those that are pairs of words and a number: a worker may send anything."""
    for value in values:
        match value:
            case list([str(words), int(number)]):
                yield words[:LONGEST_LINE], number


def as_diagnosis(finding: "Finding | None") -> Diagnosis | None:
    """A finding as data. `also` is left out if it is empty."""
    if finding is None:
        return None
    diagnosis: Diagnosis = {
        "mistake": finding.mistake,
        "certainty": finding.certainty,
        "misconception": finding.misconception,
        "hint": finding.hint,
    }
    if finding.also:
        diagnosis["also"] = list(finding.also)
    return diagnosis
