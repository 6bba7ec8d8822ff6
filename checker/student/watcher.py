"""Grade a file again at each save: only what has changed, in workers that are ready."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from checker.cases.case_set import CaseSet
from checker.cases.mutants import mutants
from checker.course import marks
from checker.course.assignment import Assignment, Task
from checker.grading import intake, pipeline
from checker.grading.files import IntakeError
from checker.grading.report import Report, TaskReport
from checker.grading.submission import Submission
from checker.sandbox.host import Worker
from checker.sandbox.spawn import spawn
from checker.student import dependence
from checker.student.dependence import Reach
from checker.student.progress_bar import Waiting, case_sets

POLL_SECONDS = 0.03
SETTLE_SECONDS = 0.02  # without a change: an editor may write a file in several steps
MOST_SPOKEN = 2  # tasks: of more, only the number is told
READY_WORKERS = 2  # one for the file, one for tasks that are wrong only because of what they call
LATE_MODULES = (
    "checker.diagnosis.stages",
    "checker.grading.carried_forward",
    "checker.grading.shrinking",
)


@dataclass(frozen=True)
class WatchUpdate:
    """The result of a save: the report on all tasks, a message, and the report on what was graded.

    `report` is None until the file could be graded once. `fresh` is None if nothing was graded now.
    `saved` are the tasks whose code has changed.
    """

    report: Report | None
    words: str
    fresh: Report | None = None
    saved: tuple[str, ...] = ()


class Watch:
    """A file that is graded at each save. Workers are started and modules loaded between saves."""

    def __init__(self, assignment: Assignment, path: Path, only: tuple[str, ...], worker: Worker):
        self._assignment = assignment
        self._path = path
        self._tasks = [task for task in assignment.tasks if not only or task.function in only]
        self._ready = [worker]
        self._case_sets: dict[str, CaseSet] = {}
        self._reaches: dict[str, Reach] | None = None
        self._others: dict[str, bytes] = {}  # the files that it may import
        self._report: Report | None = None
        self._saved: tuple[str, ...] = ()

    def close(self) -> None:
        for worker in self._ready:
            worker.close()

    def warm(self) -> None:
        """Load the modules that only a wrong answer needs."""
        for module in LATE_MODULES:
            import_module(module)
        for task in self._tasks:
            mutants(task, self._assignment.folder)

    def look(self) -> WatchUpdate:
        """Grade what has changed. If the file cannot be graded now, the message says why."""
        try:
            submission = intake.read(self._path)
            reaches = self._read(submission)
        except (IntakeError, dependence.UnreadableError) as error:
            return self._update(f"Not graded: {error} Waiting for the next save.")
        if submission.others != self._others:
            self._reaches, self._others = None, submission.others
        tasks = self._changed(reaches)
        self._reaches = reaches
        if not tasks:
            return self._update("Saved; no function has changed.")
        return self._grade(submission, tasks)

    def _update(self, words: str, fresh: Report | None = None) -> WatchUpdate:
        return WatchUpdate(self._report, words, fresh, self._saved)

    def _read(self, submission: Submission) -> dict[str, Reach] | None:
        """The reach of each function.

        Returns None for a notebook or a file that is not text: such files are always graded whole.
        """
        try:
            text = submission.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        if not text.strip():
            raise IntakeError(f"{self._path.name} is empty.")
        if self._path.suffix == ".ipynb":
            return None
        return dependence.reaches(text, {task.function: task.names for task in self._tasks})

    def _changed(self, reaches: dict[str, Reach] | None) -> list[Task]:
        """The tasks whose code has changed, and the failed tasks whose reports may depend on it."""
        if self._report is None or self._reaches is None or reaches is None:
            self._saved = ()
            return self._tasks
        before, last = self._reaches, {task.name: task for task in self._report.tasks}
        changed = [
            task
            for task in self._tasks
            if _differ(before[task.function], reaches[task.function], last[task.function])
        ]
        if changed:  # until the next change, the report goes on about this one
            self._saved = tuple(task.function for task in changed)
        failed = [task for task in self._tasks if last[task.function].verdict != "right"]
        related = [
            task
            for task in failed
            for other in changed
            if task.operation == other.operation
            or not reaches[other.function].names.isdisjoint(task.names)
        ]
        return [task for task in self._tasks if task in changed or task in related]

    def _grade(self, submission: Submission, tasks: list[Task]) -> WatchUpdate:
        start = time.monotonic()
        names = tuple(task.function for task in tasks)
        if not self._case_sets:
            self._case_sets = case_sets(self._assignment)
        with Waiting("Grading", names) as bar:
            report = pipeline.grade(
                self._assignment,
                self._case_sets,
                submission,
                only=names,
                start=lambda: self._ready.pop() if self._ready else spawn(),
                shrink=True,
                done=bar.step,
            )
        self._ready += [spawn() for _ in range(READY_WORKERS - len(self._ready))]
        words = f"{_spoken(self._saved, self._report, report)} ({time.monotonic() - start:.2f} s)"
        self._report = self._merged(report)
        return self._update(words, report)

    def _merged(self, report: Report) -> Report:
        """The last report on all tasks, with this one of some of them."""
        known = {task.name: task for part in (self._report, report) if part for task in part.tasks}
        merged = [known[task.function] for task in self._tasks]
        return replace(
            report,
            tasks=merged,
            score=marks.total(task.score for task in merged),
            max_score=marks.total(t.points for t in self._assignment.counted(self._tasks)),
        )


def saves(path: Path) -> Iterator[None]:
    """Yield once at the start, then whenever the file has changed and settled for a moment."""
    known = _state(path)
    yield
    while True:
        time.sleep(POLL_SECONDS)
        now = _state(path)
        if now == known:
            continue
        while known != now:
            known = now
            time.sleep(SETTLE_SECONDS)
            now = _state(path)
        yield


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        known = path.stat()
    except OSError:  # some editors replace the file, so that for a moment there is none
        return None
    return known.st_mtime_ns, known.st_size, known.st_ino


def _spoken(saved: tuple[str, ...], before: Report | None, now: Report) -> str:
    """What a save has changed in the tasks that were saved, or how many were graded."""
    if before is None or not 0 < len(saved) <= MOST_SPOKEN:
        right = sum(task.verdict == "right" for task in now.tasks)
        functions = "1 function" if len(now.tasks) == 1 else f"{len(now.tasks)} functions"
        return f"Graded {functions}: {right} right."
    was = {task.name: task.verdict for task in before.tasks}
    verdicts = {task.name: task.verdict for task in now.tasks}
    said = [
        f"{name} is {'still ' if was[name] == verdicts[name] else ''}{verdicts[name]}"
        for name in saved
    ]
    return f"Saved: {', '.join(said)}."


def _differ(before: Reach, now: Reach, last: TaskReport) -> bool:
    """Whether the code differs, or the line numbers if the last report names a line."""
    named = last.line is not None or last.verdict == "crashed"
    return before.code != now.code or (named and before.lines != now.lines)
