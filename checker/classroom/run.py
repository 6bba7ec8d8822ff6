"""Grade a class, several submissions at a time. Stored grades are reused.

A row depends on its own submission only: not on the order, on the other submissions, or on what
else runs on the machine.
"""

import contextlib
import functools
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from queue import SimpleQueue

from checker.cases import case_cache, fresh
from checker.cases.case_set import CaseSet
from checker.cases.fresh import FreshCases
from checker.classroom import attempts, version
from checker.classroom.attempts import Attempt
from checker.classroom.class_list import ClassRow, ClassSubmission
from checker.classroom.store import Store
from checker.course.assignment import Assignment
from checker.grading import choose_file, pipeline
from checker.grading.files import IntakeError
from checker.grading.reading import Reader
from checker.grading.report import Report, TaskReport
from checker.grading.submission import Opened
from checker.sandbox import shortage
from checker.sandbox.failures import LostError
from checker.sandbox.host import Worker
from checker.sandbox.plain_text import clean
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.turns import Turns
from checker.sandbox.worker_pool import Workers

MOST_ASLEEP = 30  # submissions that sleep, beside those that are graded
GRACE = 0.4  # seconds in which a run that is stopped finishes what it has begun


@dataclass(frozen=True)
class Outcome:
    """The outcome of grading one submission.

    `report` is None if the store already has it. `key` is empty if the submission could not be
    graded. `content` is the hash of its files. `fault` is set if the grader itself failed.
    """

    key: str = ""
    content: str = ""
    report: Report | None = None
    fault: bool = False


@dataclass(frozen=True)
class Order:
    """What another machine needs to know in order to grade as this one does."""

    assignment: str
    version: str
    seed: int | None
    required: str | None


Elsewhere = Callable[[Order, str, list[Opened]], Outcome]  # grades files that have this key


@dataclass
class Run:
    """One grading run over a class. `rows` has the rows so far, in the order of `submissions`."""

    assignment: Assignment
    submissions: list[ClassSubmission]
    store: Store
    jobs: int = 1
    workers: Workers | None = None  # workers that are already running, if any
    seed: int | None = None  # of the fresh cases; without it, the one in the store
    required: str | None = None  # the isolation level: what was graded with less is graded again
    preview: bool = False  # whether later runs are not to be compared with this one
    elsewhere: Elsewhere | None = None  # what grades on other machines, if any
    graded: int = 0  # reports made in this run; the others were in the store
    _previous_keys: dict[str, str] = field(default_factory=dict)
    _attempts: dict[str, Attempt] = field(default_factory=dict)
    _finished: dict[int, tuple[str, ClassRow]] = field(default_factory=dict)
    _done: "SimpleQueue[Future[Outcome] | None]" = field(default_factory=SimpleQueue)

    def stop(self) -> None:
        """Let `grade` end early. A signal handler may call this, and so may any thread."""
        self._done.put(None)

    def grade(self) -> Generator[ClassRow, None, None]:
        """Yield each row as soon as it is graded.

        After `stop`, submissions that are finished within a moment are still stored; the workers of
        the others are ended.
        """
        with contextlib.nullcontext(self.workers) if self.workers else Workers() as workers:
            yield from self._grade(workers)

    def _grade(self, workers: Workers) -> Generator[ClassRow, None, None]:
        case_sets = case_cache.load(self.assignment)
        seed = self.store.seed(self.seed) if self.assignment.fresh else None
        key = version.of(self.assignment, case_sets, seed)
        lock = ReadersWriterLock() if self.jobs > 1 else None
        made: Callable[[], dict[str, FreshCases]] = dict
        if seed is not None:
            made = _once(functools.partial(fresh.load, self.assignment, case_sets, seed))
        known = self.store.keys(self.required)
        if not known:  # all need fresh cases: they are made while the fork server imports numpy
            with contextlib.suppress(Exception):  # raised again for each submission that needs them
                made()
        workers.keep([case_set.calls for case_set in case_sets.values()])
        workers.turns = turns = Turns(self.jobs)
        there = None
        if self.elsewhere is not None:
            order = Order(self.assignment.name, key, seed, self.required)
            there = functools.partial(self.elsewhere, order)
        self._grader = SubmissionGrader(
            self.assignment, case_sets, made, key, known, workers, lock, turns, there
        )
        self._previous_keys = self.store.finished()
        pool = ThreadPoolExecutor(self.jobs + MOST_ASLEEP)
        waiting = {
            pool.submit(self._grader.grade, submission): i
            for i, submission in enumerate(self.submissions)
        }
        for future in tuple(waiting):
            future.add_done_callback(self._done.put)
        try:
            while waiting and (done := self._done.get()) is not None:
                yield self._add_row(waiting.pop(done), done.result())
            if not waiting and not self.preview:
                self.store.add_attempts(self._attempts.values())
                self.store.finish(
                    {row.submission.name: key for key, row in self._finished.values() if key}
                )
        finally:
            turns.end()
            pool.shutdown(wait=False, cancel_futures=True)
            if waiting:
                wait([future for future in waiting if not future.cancelled()], GRACE)
                self._store_finished(waiting)
                workers.close()  # ends the threads that are still waiting for an answer

    @property
    def rows(self) -> list[ClassRow]:
        return [row for _, (_, row) in sorted(self._finished.items())]

    def earlier(self) -> dict[str, list[ClassRow]]:
        """The rows that earlier submissions of the same names would be, if they may count."""
        if self.assignment.marks.attempts != "best":
            return {}
        kept, report_of = self.store.attempts(), self.store.get
        return attempts.earlier(self.rows, self._attempts, kept, report_of)

    def _add_row(self, number: int, outcome: Outcome) -> ClassRow:
        class_submission = self.submissions[number]
        report = self._report(class_submission, outcome)
        earlier = self._previous_keys.get(class_submission.name, outcome.key)
        old = self.store.get(earlier) if earlier != outcome.key else None
        row = ClassRow(
            class_submission,
            replace(report, submission=class_submission.name),
            report.file,
            old,
            outcome.fault,
        )
        self._finished[number] = outcome.key, row
        if outcome.key:
            name, submitted = class_submission.name, class_submission.submitted
            self._attempts[name] = Attempt(
                name, outcome.content, outcome.key, submitted, int(class_submission.late)
            )
        return row

    def _report(self, class_submission: ClassSubmission, outcome: Outcome) -> Report:
        """The report of an outcome, read back from the store so that new and old ones are alike."""
        if not outcome.key and outcome.report:
            return outcome.report
        if outcome.report:
            self.store.put(outcome.key, outcome.report)
            self._grader.known.add(outcome.key)  # equal ones that are graded later share it
            self.graded += 1
        stored = self.store.get(outcome.key)
        # A stored report that cannot be read is graded again.
        return stored or self._report(
            class_submission, replace(self._grader, known=set()).grade(class_submission)
        )

    def _store_finished(self, waiting: dict[Future[Outcome], int]) -> None:
        """Store what was finished while the run was being stopped."""
        for future, number in waiting.items():
            if future.done() and not future.cancelled() and number not in self._finished:
                with contextlib.suppress(Exception):
                    self._add_row(number, future.result())


@dataclass(frozen=True)
class SubmissionGrader:
    """Grades single submissions, in any thread. It does not use the store."""

    assignment: Assignment
    case_sets: dict[str, CaseSet]
    fresh: Callable[[], dict[str, FreshCases]]
    version: str
    known: set[str]
    workers: Workers
    lock: ReadersWriterLock | None
    turns: Turns
    elsewhere: Callable[[str, list[Opened]], Outcome] | None = None

    def grade(self, class_submission: ClassSubmission) -> Outcome:
        """Grade a submission, and once more alone if it was lost beside others."""
        try:
            with self.turns.one():
                return self._graded(class_submission, self.workers.start, self.lock)
        except LostError:
            with self.turns.all():
                start = functools.partial(self.workers.start, alone=True)
                return self._graded(class_submission, start, None)

    def _graded(
        self,
        class_submission: ClassSubmission,
        start: Callable[[], Worker],
        lock: ReadersWriterLock | None,
    ) -> Outcome:
        try:
            files = choose_file.opened(class_submission.files)
            # Without the name, equal submissions have equal keys and share one report.
            key = version.submission(self.version, files)
            content = version.submission("", files)
            if key in self.known:
                return Outcome(key, content)
            if self.elsewhere is not None:
                return replace(self.elsewhere(key, files), content=content)
            with Reader(start) as reader:
                submission = choose_file.submission(self.assignment, files, reader)
                report = pipeline.grade(
                    self.assignment,
                    self.case_sets,
                    submission,
                    start=reader.start,
                    lock=lock,
                    fresh=self.fresh,
                )
        except IntakeError as error:
            return Outcome(report=ungraded(self.assignment, class_submission.name, str(error)))
        except LostError:
            raise
        except Exception as error:
            return self._failed(class_submission, error)
        return Outcome(key, content, report)

    def _failed(self, class_submission: ClassSubmission, error: Exception) -> Outcome:
        """The outcome if the grader failed. It is not stored, so the next run grades again."""
        reason = shortage.explained(error) or f"{type(error).__name__}: {error}"
        why = f"the grader failed here ({reason}): run the command again"
        return Outcome(report=ungraded(self.assignment, class_submission.name, why), fault=True)


def _once(make: Callable[[], dict[str, FreshCases]]) -> Callable[[], dict[str, FreshCases]]:
    """The same function, called by the first thread that needs it while the others wait."""
    lock, kept = threading.Lock(), functools.cache(make)

    def made() -> dict[str, FreshCases]:
        with lock:
            return kept()

    return made


def ungraded(assignment: Assignment, name: str, why: str) -> Report:
    """A report without points that gives the same reason for every task."""
    why = clean(why)
    tasks = [
        TaskReport(task.function, "missing", 0.0, task.points, why) for task in assignment.tasks
    ]
    return Report(assignment.name, name, 0.0, assignment.maximum, tasks, [why])
