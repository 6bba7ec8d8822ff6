"""Grading a class, several at a time: what was graded before is not graded again.

A row depends on nothing but its hand-in: not on the order, the company, or who else is at work.
"""

import contextlib
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace

from checker import bank, grading
from checker.assignment import Assignment
from checker.bank import TaskBank
from checker.classroom import choose, version
from checker.classroom.folder import IntakeError
from checker.classroom.handin import Handin, Row
from checker.classroom.store import Store
from checker.graded import Report, TaskReport
from checker.session import Submission
from checker.text import clean
from checker.worker.room import Room
from checker.worker.warm import Workers


@dataclass(frozen=True)
class _Done:
    """How one hand-in went: without a report it is in the store, without a key not gradable."""

    key: str = ""
    file: str = ""
    report: Report | None = None
    fault: bool = False


@dataclass
class Run:
    """One run over a class. `rows` has what is done, in the order of the hand-ins."""

    assignment: Assignment
    handins: list[Handin]
    store: Store
    jobs: int = 1
    workers: Workers | None = None  # if there are some already
    graded: int = 0  # in this run; the others were in the store
    _before: dict[str, str] = field(default_factory=dict)
    _done: dict[int, tuple[str, Row]] = field(default_factory=dict)

    def grade(self) -> Generator[Row, None, None]:
        """Rows as they are done. Stopped, it still finishes and keeps those under way."""
        with contextlib.nullcontext(self.workers) if self.workers else Workers() as workers:
            yield from self._grade(workers)

    def _grade(self, workers: Workers) -> Generator[Row, None, None]:
        banks = bank.load(self.assignment)  # while the workers' parent imports numpy
        hidden = bank.hidden(self.assignment)
        key = version.of(self.assignment, banks, hidden)
        room = Room() if self.jobs > 1 else None
        self._desk = _Desk(self.assignment, banks, hidden, key, self.store.keys(), workers, room)
        self._before = self.store.finished()
        pool = ThreadPoolExecutor(self.jobs)
        waiting = {pool.submit(self._desk.grade, each): i for i, each in enumerate(self.handins)}
        try:
            for future in as_completed(tuple(waiting)):
                yield self._keep(waiting.pop(future), future.result())
            self.store.finish({row.handin.name: key for key, row in self._done.values() if key})
        finally:
            pool.shutdown(cancel_futures=True)
            self._rescue(waiting)

    @property
    def rows(self) -> list[Row]:
        return [row for _, (_, row) in sorted(self._done.items())]

    def _keep(self, number: int, done: _Done) -> Row:
        handin = self.handins[number]
        report = self._report(handin, done)
        earlier = self._before.get(handin.name, done.key)
        old = self.store.get(earlier) if earlier != done.key else None
        row = Row(handin, replace(report, submission=handin.name), done.file, old, done.fault)
        self._done[number] = done.key, row
        return row

    def _report(self, handin: Handin, done: _Done) -> Report:
        """A grade is always read from the store, so that a new one and an old one are the same."""
        if not done.key and done.report:
            return done.report
        if done.report:
            self.store.put(done.key, done.report)
            self.graded += 1
        kept = self.store.get(done.key)
        return kept or self._report(handin, replace(self._desk, known=set()).grade(handin))

    def _rescue(self, waiting: dict[Future[_Done], int]) -> None:
        for future, number in waiting.items():
            if future.done() and not future.cancelled() and number not in self._done:
                with contextlib.suppress(Exception):
                    self._keep(number, future.result())


@dataclass(frozen=True)
class _Desk:
    """What grading one hand-in takes. Works in any thread and touches no store."""

    assignment: Assignment
    banks: dict[str, TaskBank]
    hidden: dict[str, TaskBank]
    version: str
    known: set[str]
    workers: Workers
    room: Room | None

    def grade(self, handin: Handin) -> _Done:
        try:
            file, data = choose.choose(self.assignment, handin.files)
            # Nameless: whoever hands in the same files has the same report.
            submission = Submission("", file, data, choose.beside(handin.files, file))
        except IntakeError as error:
            return _Done(report=ungraded(self.assignment, handin.name, str(error)))
        except Exception as error:
            return self._failed(handin, error)
        key = version.submission(self.version, submission)
        if key in self.known:
            return _Done(key, file)
        try:
            report = grading.grade(
                self.assignment,
                self.banks,
                submission,
                start=self.workers.start,
                room=self.room,
                hidden=self.hidden,
            )
        except Exception as error:
            return self._failed(handin, error)
        return _Done(key, file, report)

    def _failed(self, handin: Handin, error: Exception) -> _Done:
        """Our fault, not theirs: said so, and not kept, so that the next run tries again."""
        why = f"the grader failed here ({type(error).__name__}: {error}): grade it again"
        return _Done(report=ungraded(self.assignment, handin.name, why), fault=True)


def ungraded(assignment: Assignment, name: str, why: str) -> Report:
    """No points, and the reason with every task."""
    why = clean(why)
    tasks = [
        TaskReport(task.function, "missing", 0.0, task.points, why) for task in assignment.tasks
    ]
    return Report(assignment.name, name, 0.0, assignment.points, tasks, [why])
