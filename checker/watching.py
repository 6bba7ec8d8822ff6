"""Grading again at each save: only what changed, in workers that waited for it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from checker import bank, dependence, grading, kinds, mistakes
from checker.assignment import Assignment, Task
from checker.classroom import intake
from checker.classroom.folder import IntakeError
from checker.dependence import Reach
from checker.graded import Report, TaskReport
from checker.session import Submission
from checker.waiting import Waiting
from checker.worker.host import Worker
from checker.worker.spawn import spawn

POLL = 0.03
SETTLED = 0.02  # an editor writes in several steps; for so long nothing more must come
WARM = 2  # workers: one for the file, one to see what is wrong only by what it calls
FAILED = ("wrong", "crashed")


@dataclass(frozen=True)
class Seen:
    """What a save came to: the report on all tasks, words, and the report on what was graded now.

    Neither report is there before one could be made.
    """

    report: Report | None
    words: str
    fresh: Report | None = None


class Watch:
    """A file under work. Between two saves workers are ready, and everything else is loaded."""

    def __init__(self, found: Assignment, path: Path, only: tuple[str, ...], worker: Worker):
        self._assignment = found
        self._path = path
        self._tasks = [task for task in found.tasks if not only or task.function in only]
        self._ready = [worker]
        self._banks: dict[str, bank.TaskBank] = {}
        self._reaches: dict[str, Reach] | None = None
        self._report: Report | None = None

    def close(self) -> None:
        for worker in self._ready:
            worker.close()

    def warm(self) -> None:
        """Load now what only a wrong answer needs."""
        for module in ("diagnosis", "follow", "shrinking"):
            import_module(f"checker.{module}")
        for task in self._tasks:
            kinds.form(kinds.asked(task), task.asks)
            mistakes.library(task.operation, task.asks, self._assignment.folder)

    def look(self) -> Seen:
        """Grade what has changed; calm words where the file is not ready for it."""
        try:
            submission = intake.read(self._path)
            reaches = self._read(submission)
        except (IntakeError, dependence.UnreadableError) as error:
            return Seen(self._report, f"Not graded: {error} Waiting for the next save.")
        tasks = self._changed(reaches)
        self._reaches = reaches
        if not tasks:
            return Seen(self._report, "Saved; no function has changed.")
        return self._grade(submission, tasks)

    def _read(self, submission: Submission) -> dict[str, Reach] | None:
        """None for a notebook, and for what is no text: that is graded as a whole."""
        try:
            text = submission.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        if not text.strip():
            raise IntakeError(f"{self._path.name} is empty just now.")
        if self._path.suffix == ".ipynb":
            return None
        return dependence.reaches(text, [task.function for task in self._tasks])

    def _changed(self, reaches: dict[str, Reach] | None) -> list[Task]:
        """The tasks whose code is another one now, and those whose report speaks of them."""
        if self._report is None or self._reaches is None or reaches is None:
            return self._tasks
        before, last = self._reaches, {task.name: task for task in self._report.tasks}
        changed = [
            task
            for task in self._tasks
            if _differ(before[task.function], reaches[task.function], last[task.function])
        ]
        failed = [task for task in self._tasks if last[task.function].verdict in FAILED]
        related = [
            task
            for task in failed
            for other in changed
            if task.operation == other.operation or task.function in reaches[other.function].names
        ]
        return [task for task in self._tasks if task in changed or task in related]

    def _grade(self, submission: Submission, tasks: list[Task]) -> Seen:
        start = time.monotonic()
        names = tuple(task.function for task in tasks)
        if not self._banks:
            with Waiting("Making the cases, once", len(self._assignment.tasks)) as bar:
                self._banks = bank.load(self._assignment, bar.step)
        with Waiting("Grading", len(tasks)) as bar:
            report = grading.grade(
                self._assignment,
                self._banks,
                submission,
                names,
                lambda: self._ready.pop() if self._ready else spawn(),
                shrink=True,
                done=bar.step,
            )
        self._ready += [spawn() for _ in range(WARM - len(self._ready))]
        self._report = _merged(self._report, report, self._tasks)
        again = " and ".join(names) if len(names) < 3 else f"{len(names)} functions"
        return Seen(self._report, f"Graded {again} in {time.monotonic() - start:.2f} s.", report)


def saves(path: Path) -> Iterator[None]:
    """Yields once at the start, then whenever the file has changed and stayed so for a moment."""
    known = _state(path)
    yield
    while True:
        time.sleep(POLL)
        now = _state(path)
        if now == known:
            continue
        while known != now:
            known = now
            time.sleep(SETTLED)
            now = _state(path)
        yield


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        known = path.stat()
    except OSError:  # some editors put a new file in the place of the old one
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino


def _differ(before: Reach, now: Reach, last: TaskReport) -> bool:
    """Where a report names a line, its number counts as well."""
    named = last.line is not None or last.verdict == "crashed"
    return before.code != now.code or (named and before.lines != now.lines)


def _merged(before: Report | None, report: Report, tasks: list[Task]) -> Report:
    known = {task.name: task for each in (before, report) if each for task in each.tasks}
    merged = [known[task.function] for task in tasks]
    return replace(
        report,
        tasks=merged,
        score=sum(t.score for t in merged),
        max_score=sum(t.max_score for t in merged),
    )
