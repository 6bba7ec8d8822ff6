"""One submission: its bank, a worker, the comparison, and a verdict for each task."""

import contextlib
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from checker import lines, verdicts
from checker.assignment import Assignment, Task
from checker.bank import TaskBank
from checker.comparison import counterexample
from checker.text import clean
from checker.worker.host import TimedOutError, Worker, WorkerDiedError

LOADING = 5.0  # seconds for the file itself, before any function is called


@dataclass(frozen=True)
class TaskReport:
    """A verdict on one task, as every report shows it."""

    name: str
    verdict: str
    score: float
    max_score: float
    message: str = ""
    counterexample: dict[str, Any] | None = None
    diagnosis: dict[str, Any] | None = None
    line: dict[str, Any] | None = None


@dataclass(frozen=True)
class Report:
    """The verdicts on one submission. This record, field by field, is the JSON contract."""

    assignment: str
    submission: str
    score: float
    max_score: float
    tasks: list[TaskReport]
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Submission:
    """What was handed in: bytes, and the name they came under."""

    name: str
    filename: str
    data: bytes


class Session:
    """A worker that has loaded the submission; a new one wherever the last one broke."""

    def __init__(self, submission: Submission, worker: Worker | None) -> None:
        self._submission = submission
        self._worker = worker
        self.text = lines.read(submission.filename, submission.data)
        self.functions: list[str] = []
        self.stubs: list[str] = []
        self.broken: dict[str, str] = {}
        self.notes: list[str] = []
        self.failure: tuple[str, str] | None = None  # a verdict and words for every task

    def __enter__(self) -> Self:
        self._load(self._worker or Worker())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drop()

    def run(
        self, function: str, parts: int, cases: list[list[Any]], seconds: float
    ) -> Iterator[list[Any]]:
        if self._worker is None:
            self._load(Worker())
        if self._worker is None:
            raise WorkerDiedError("it did not start again")
        try:
            yield from self._worker.run(function, parts, cases, seconds)
        except (TimedOutError, WorkerDiedError):
            self._drop()
            raise

    def _load(self, worker: Worker) -> None:
        self._worker = worker
        try:
            reply = worker.load(self._submission.filename, self._submission.data, LOADING)
        except TimedOutError:
            self._fail("timed out", f"importing the file takes more than {LOADING:g} seconds")
        except WorkerDiedError as death:
            self._fail("crashed", f"importing the file ends the whole process ({death})")
        else:
            self._believe(reply)

    def _believe(self, reply: list[Any]) -> None:
        match reply:
            case ["loaded", list(functions), list(stubs), list(broken), list(notes)]:
                self.functions = [clean(str(name)) for name in functions]
                self.stubs = [str(name) for name in stubs]
                self.broken = {str(name): clean(str(why)) for name, why in map(_pair, broken)}
                self.notes = [clean(str(note)) for note in notes]
            case ["unreadable", str(why)]:
                self._fail("crashed", clean(why))
            case _:
                self._fail("crashed", "importing the file ends in nonsense")

    def _fail(self, verdict: str, words: str) -> None:
        self.failure = (verdict, words)
        self._drop()

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def grade(
    assignment: Assignment,
    banks: dict[str, TaskBank],
    submission: Submission,
    only: tuple[str, ...] = (),
    worker: Worker | None = None,
    shrink: bool = False,
    done: Callable[[str], object] = str,
) -> Report:
    """Grade every task, or those in `only`. A worker that is already starting saves its wait.

    With `shrink` each counterexample is made smaller with the submission's help, which changes no
    verdict. `done` hears the name of each task after it was graded.
    """
    tasks = [task for task in assignment.tasks if not only or task.function in only]
    with Session(submission, worker) as session:
        reports = []
        for task in tasks:
            reports.append(_grade(session, task, banks[task.function], assignment, shrink))
            done(task.function)
        notes = session.notes
    reports = _follow_through(tasks, banks, assignment, submission, reports)
    return Report(
        assignment.name,
        submission.name,
        sum(report.score for report in reports),
        sum(report.max_score for report in reports),
        reports,
        notes,
    )


def _grade(
    session: Session, task: Task, bank: TaskBank, assignment: Assignment, shrink: bool
) -> TaskReport:
    report = partial(_report, task)
    if session.failure:
        return report(*session.failure)
    if task.function not in session.functions:
        if task.function in session.broken:
            return report("crashed", session.broken[task.function])
        return report("missing", _missing(session, task.function))
    if task.function in session.stubs:
        return report("not started")
    replies: list[list[Any]] = []
    arguments = [case.arguments for case in bank.cases]
    try:
        for reply in session.run(task.function, len(bank.results), arguments, assignment.seconds):
            replies.append(reply)
    except TimedOutError:
        case = counterexample(bank, bank.cases[len(replies)])
        words = f"no answer within {assignment.seconds:g} seconds"
        return report("timed out", words, counterexample=case)
    except WorkerDiedError as death:
        case = counterexample(bank, bank.cases[min(len(replies), len(bank.cases) - 1)])
        return report("crashed", f"it ends the whole process ({death})", counterexample=case)
    others = {t.function: t for t in assignment.tasks if t.function in session.functions}
    ask = partial(_ask, session, assignment.seconds)
    decided = verdicts.decide(
        task, bank, replies, ask, others, assignment.folder, shrink, session.text
    )
    return report(decided.verdict, decided.words, **decided.shown)


def _follow_through(
    tasks: list[Task],
    banks: dict[str, TaskBank],
    assignment: Assignment,
    submission: Submission,
    reports: list[TaskReport],
) -> list[TaskReport]:
    """Say of a wrong function that it is right but for another one it calls, where that is so."""
    failed = [t for t, r in zip(tasks, reports, strict=True) if r.verdict in ("wrong", "crashed")]
    code = lines.read(submission.filename, submission.data).code.encode()
    if len(failed) < 2 or not code:
        return reports
    from checker import follow

    found = list(reports)
    for at, task in enumerate(tasks):
        used = [t for t in failed if t != task and follow.calls(code, t.function)]
        data = follow.repaired(code, used) if task in failed else None
        if data is None:
            continue
        repaired = replace(submission, filename="repaired.py", data=data)
        with Session(repaired, None) as session:
            again = _grade(session, task, banks[task.function], assignment, shrink=False)
        if again.verdict == "right":
            names = " and ".join(t.function for t in used)
            words = f"{reports[at].message}; it is right once {names} is"
            score = task.follow_through * task.points
            found[at] = replace(reports[at], score=score, message=words)
    return found


def _report(task: Task, verdict: str, words: str = "", **more: Any) -> TaskReport:
    score = verdicts.share(task, verdict) * task.points
    return TaskReport(task.function, verdict, score, task.points, words, **more)


def _ask(
    session: Session, seconds: float, function: str, parts: int, calls: list[list[Any]]
) -> list[list[Any]]:
    """Further questions to the submission: the replies it gives, as far as they are any."""
    replies: list[list[Any]] = []
    with contextlib.suppress(TimedOutError, WorkerDiedError):
        for reply in session.run(function, parts, calls, seconds):
            match reply:
                case ["returned", list(), *_] | ["raised", *_]:
                    replies.append(reply)
                case _:
                    break
    return replies


def _pair(value: Any) -> tuple[Any, Any]:
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else ("", "")


def _missing(session: Session, function: str) -> str:
    near = difflib.get_close_matches(function, session.functions, n=1)
    if near:
        return f"there is no function {function}; is {near[0]} meant to be it?"
    because = f"; {session.notes[0]}" if session.notes else " in the file"
    return f"there is no function {function}{because}"
