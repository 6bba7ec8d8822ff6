"""One submission: its bank, a worker, the comparison, and a verdict for each task."""

import contextlib
import difflib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from checker import lines, verdicts
from checker.assignment import Assignment, Task
from checker.bank import TaskBank
from checker.comparison import counterexample
from checker.graded import BROKEN, Report, TaskReport
from checker.session import Session, Submission
from checker.worker.host import SpentError, TimedOutError, Worker, WorkerDiedError
from checker.worker.room import Room
from checker.worker.spawn import spawn

if TYPE_CHECKING:
    from checker.kinds.draw import Measure
    from checker.worker.answers import Answers

HIDDEN = "right for all inputs that are shown, and not for one that is hidden"
LARGEST = 2**20  # bytes of a result that may be wrong, beside what is expected


def grade(
    assignment: Assignment,
    banks: dict[str, TaskBank],
    submission: Submission,
    only: tuple[str, ...] = (),
    start: Callable[[], Worker] = spawn,
    room: Room | None = None,
    shrink: bool = False,
    done: Callable[[str], object] = str,
    hidden: dict[str, TaskBank] | None = None,
) -> Report:
    """Grade every task, or those in `only`, in workers that `start` starts.

    What is right by the bank is asked the `hidden` cases as well, of which nothing is shown.

    Beside others in a `room`, what runs out of time runs once more, alone, before that counts,
    unless it used up the processor's time and not only the clock's. With
    `shrink` each counterexample is made smaller with the submission's help, which changes no
    verdict. `done` hears the name of each task after it was graded.
    """
    tasks = [task for task in assignment.tasks if not only or task.function in only]
    text = lines.read(submission.filename, submission.data)
    desk = _Desk(assignment, banks, start, room, text, hidden or {})
    with desk.session(submission) as session:
        reports = []
        for task in tasks:
            reports.append(desk.grade(session, task, shrink))
            done(task.function)
        notes, isolation = session.notes, session.isolation
    if sum(report.verdict in BROKEN for report in reports) > 1 and text.code:
        from checker import follow  # brings the reference along

        repaired = replace(submission, filename="repaired.py")
        right = partial(desk.is_right, repaired)
        reports = follow.through(text.code.encode(), tasks, reports, right)
    return Report(
        assignment.name,
        submission.name,
        sum(report.score for report in reports),
        sum(report.max_score for report in reports),
        reports,
        notes,
        isolation,
    )


@dataclass(frozen=True)
class _Desk:
    """What grading a submission takes, beside the submission."""

    assignment: Assignment
    banks: dict[str, TaskBank]
    start: Callable[[], Worker]
    room: Room | None
    text: lines.Text
    hidden: dict[str, TaskBank]

    def session(self, submission: Submission) -> Session:
        rules = self.assignment
        return Session(submission, self.start, rules.imports, _measures(rules))

    def grade(self, session: Session, task: Task, shrink: bool) -> TaskReport:
        report = partial(_report, task)
        if session.failure:
            return report(*session.failure)
        if task.function not in session.functions:
            if task.function in session.broken:
                return report("crashed", session.broken[task.function])
            return report("missing", _missing(session, task.function))
        if task.function in session.stubs:
            return report("not started")
        bank = self.banks[task.function]
        answers = self._answers(session, task.function, bank)
        if isinstance(answers, TimedOutError | WorkerDiedError):
            seconds, verdict = self.assignment.seconds, "crashed"
            words = f"it ends the whole process ({answers})"
            if isinstance(answers, TimedOutError):
                verdict, words = "timed out", f"no answer within {seconds:g} seconds"
            case = _unanswered(session, task.function, bank, seconds)
            return report(verdict, words, counterexample=case)
        if not bank.expected.agrees(answers):
            try:
                decided = self._decided(session, task, answers.replies, shrink)
            except WorkerDiedError as nonsense:
                return report("crashed", str(nonsense))
            if decided.verdict != "right":
                return decided
        return report(*self._beyond(session, task))

    def is_right(self, submission: Submission, data: bytes, task: Task) -> bool:
        """Whether a task is right once the submission has this text."""
        with self.session(replace(submission, data=data)) as session:
            if session.failure or task.function not in session.functions:
                return False
            verdict = self._plain(session, task, self.banks[task.function])
            return verdict == "right" == self._beyond(session, task)[0]

    def _beyond(self, session: Session, task: Task) -> tuple[str, str]:
        """The verdict on what is right by the bank, and no more of hidden cases than that."""
        bank = self.hidden.get(task.function)
        if bank is None:
            return "right", ""
        verdict = self._plain(session, task, bank)
        return verdict, HIDDEN if verdict != "right" else ""

    def _plain(self, session: Session, task: Task, bank: TaskBank) -> str:
        """The verdict alone, without a word."""
        answers = self._answers(session, task.function, bank)
        if isinstance(answers, TimedOutError):
            return "timed out"
        if isinstance(answers, WorkerDiedError):
            return "crashed"
        try:
            return (
                "right" if bank.expected.agrees(answers) else verdicts.plain(bank, answers.replies)
            )
        except WorkerDiedError:
            return "crashed"

    def _answers(
        self, session: Session, function: str, bank: TaskBank
    ) -> "Answers | TimedOutError | WorkerDiedError":
        ask = partial(_asked, session, function, bank, self.assignment.seconds)
        with self.room.together() if self.room else contextlib.nullcontext():
            answers = ask()
        if self.room and isinstance(answers, TimedOutError) and not isinstance(answers, SpentError):
            with self.room.alone():
                return ask()
        return answers

    def _decided(
        self, session: Session, task: Task, replies: list[list[Any]], shrink: bool
    ) -> TaskReport:
        others = {t.function: t for t in self.assignment.tasks if t.function in session.functions}
        ask = partial(_ask, session, self.assignment.seconds)
        folder, bank = self.assignment.folder, self.banks[task.function]
        decided = verdicts.decide(task, bank, replies, ask, others, folder, shrink, self.text)
        return _report(task, decided.verdict, decided.words, **decided.shown)


def _measures(assignment: Assignment) -> "dict[str, Measure]":
    draws = [task for task in assignment.tasks if task.asks == "draw"]
    if not draws:  # and the reference stays where it is
        return {}
    from checker import kinds
    from checker.kinds.draw import measure

    return {task.function: measure(kinds.asked(task)) for task in draws}


def _report(task: Task, verdict: str, words: str = "", **more: Any) -> TaskReport:
    score = verdicts.share(task, verdict) * task.points
    return TaskReport(task.function, verdict, score, task.points, words, **more)


def _asked(
    session: Session, function: str, bank: TaskBank, seconds: float
) -> "Answers | TimedOutError | WorkerDiedError":
    count, largest = len(bank.cases), LARGEST + 4 * bank.expected.largest
    try:
        return session.run(function, len(bank.results), bank.question, count, largest, seconds)
    except (TimedOutError, WorkerDiedError) as end:
        return end


def _ask(
    session: Session, seconds: float, function: str, parts: int, calls: list[list[Any]]
) -> list[list[Any]]:
    """Further questions to the submission: the replies it gives, if it gives them all."""
    try:
        return session.run(function, parts, calls, len(calls), LARGEST, seconds).replies
    except (TimedOutError, WorkerDiedError):
        return []


def _unanswered(
    session: Session, function: str, bank: TaskBank, seconds: float
) -> dict[str, Any] | None:
    """The first case that gets no answer when each is asked for alone, in a quarter of the time."""
    end = time.monotonic() + seconds / 4
    for case in bank.cases:
        left = max(end - time.monotonic(), 0.01)
        try:
            session.run(function, len(bank.results), [case.arguments], 1, LARGEST, left)
        except (TimedOutError, WorkerDiedError):
            return counterexample(bank, case)
    return None


def _missing(session: Session, function: str) -> str:
    near = difflib.get_close_matches(function, session.functions, n=1)
    if near:
        return f"there is no function {function}; is {near[0]} meant to be it?"
    because = f"; {session.notes[0]}" if session.notes else " in the file"
    return f"there is no function {function}{because}"
