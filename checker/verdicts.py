"""From the replies to a bank to a verdict on the task, and what is shown of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.assignment import Task
from checker.bank import TaskBank
from checker.comparison import Judgement, counterexample, judge, message, most_telling
from checker.lines import NO_LINES, Text, definition, origin

if TYPE_CHECKING:
    from checker.diagnosis.evidence import Finding

# A function of the submission, its number of results, the arguments of each call: the replies.
Ask = Callable[[str, int, list[list[Any]]], list[list[Any]]]


@dataclass(frozen=True)
class Decision:
    """A verdict, one line about it; the counterexample, diagnosis and line blamed as data."""

    verdict: str
    words: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


def share(task: Task, verdict: str) -> float:
    """Which part of its points a task keeps."""
    shares = {
        "right": 1.0,
        "unstable": task.unstable,
        "other convention": 1.0 if task.conventions == "accept" else 0.0,
    }
    return shares.get(verdict, 0.0)


def decide(
    task: Task,
    bank: TaskBank,
    replies: list[list[Any]],
    ask: Ask,
    others: Mapping[str, Task],
    folder: Path,
    shrink: bool,
    text: Text = NO_LINES,
) -> Decision:
    """`others` are the functions that the submission has, and the tasks they solve."""
    pairs = zip(bank.cases, replies, strict=True)
    judged = [judge(case, reply, text.place) for case, reply in pairs]
    found = most_telling(bank, judged)
    if found is None:
        return Decision("right")
    first, failing = found
    case, judgement = bank.cases[first], judged[first]
    verdict, words = judgement.verdict, message(bank, judged, first)
    if verdict == "not started":
        shown = counterexample(bank, case, judgement, failing)
        return Decision(verdict, words, {"counterexample": shown})
    # Not on the path of a right answer: these bring the reference along.
    from checker import shrinking
    from checker.diagnosis import diagnose
    from checker.diagnosis.evidence import Evidence

    finding = diagnose(Evidence(task, bank, judged, folder, ask, others))
    if case.extreme:
        verdict, words = "unstable", _unstable(judgement)
    elif finding is not None and finding.kind == "convention" and verdict == "wrong":
        verdict, words = "other convention", "right by another convention than this task's"
    line = text.shown(blamed(text, task.function, judgement))
    if shrink and verdict != "mutates its input":
        case, judgement = shrinking.shrink(task, case, judgement, ask)
    shown = counterexample(bank, case, judgement, failing)
    shown_with = {"counterexample": shown, "diagnosis": _record(finding), "line": line}
    return Decision(verdict, words, shown_with)


def plain(bank: TaskBank, replies: list[list[Any]]) -> str:
    """The verdict alone, without a look at why."""
    judged = [judge(case, reply) for case, reply in zip(bank.cases, replies, strict=True)]
    found = most_telling(bank, judged)
    return "right" if found is None else judged[found[0]].verdict


def blamed(text: Text, function: str, judgement: Judgement) -> int:
    """The line that raised the exception, else the one that the first wrong result comes from."""
    if judgement.verdict == "wrong" and not judgement.line:
        return origin(text, function, judgement.right.index(False))
    return judgement.line or definition(text, function)


def _unstable(judgement: Judgement) -> str:
    words = judgement.words or "its values are wrong there"
    return f"right on ordinary inputs, but not on extreme ones: {words}"


def _record(finding: "Finding | None") -> dict[str, Any] | None:
    """A finding as the JSON contract has it; `also` only where there is more to say."""
    if finding is None:
        return None
    names = ("mistake", "certainty", "misconception", "hint")
    record: dict[str, Any] = {name: getattr(finding, name) for name in names}
    return record | ({"also": list(finding.also)} if finding.also else {})
