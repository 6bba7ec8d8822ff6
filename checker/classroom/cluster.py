"""Grading on several machines: a Dask scheduler hands the submissions to its workers.

A worker has this package installed and nothing else. It grades as this machine would: in the same
sandbox, with the same cases, made from the same seed. The store stays here. A worker that is lost
loses nothing, because the scheduler gives its submissions to another one.
"""

import functools
import os
import threading
from types import TracebackType
from typing import Self

from checker.cases import case_cache, fresh
from checker.classroom import run, version
from checker.classroom.class_list import ClassSubmission
from checker.course import assignment as assignments
from checker.course import course as courses
from checker.grading.submission import Opened
from checker.sandbox.confinement import LEVELS
from checker.sandbox.folder import File
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.turns import Turns
from checker.sandbox.worker_pool import Workers

CONNECTING = 20.0  # seconds
MOST_LOSSES = 20  # rounds in which one submission loses as many workers as Dask allows


class ClusterError(OSError):
    """The cluster cannot grade this. The message says what to do."""


class Cluster:
    """A connection to a Dask scheduler. Use it as a context manager."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterError(
                "--scheduler needs Dask: run pip install 'gradproof[cluster]'."
            ) from error
        try:
            self._client = Client(address, timeout=CONNECTING, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"there is no Dask scheduler at {address}. Start one with `dask scheduler`, which "
                "prints its address."
            ) from error
        course = courses.current()
        self._course = "" if course.origin == "shipped" else str(course.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def grade(self, order: run.Order, key: str, files: list[Opened]) -> run.Outcome:
        """Let a worker grade the files with this key. Equal files are graded once."""
        from distributed import KilledWorker

        for attempt in range(MOST_LOSSES):
            future = self._client.submit(
                graded, order, self._course, files, key=f"gradproof-{key}-{attempt}"
            )
            try:
                outcome: run.Outcome = future.result()
            except KilledWorker:
                continue  # a submission is sandboxed and ends no worker: whoever did, try again
            if outcome.key not in ("", key):
                raise ClusterError("a worker has read other files than were sent")
            return outcome
        raise ClusterError("too many workers were lost while they graded this submission")


def graded(order: run.Order, course: str, files: list[Opened]) -> run.Outcome:
    """Grade the files in a worker of Dask."""
    from distributed import get_worker

    worker = get_worker()
    with _making:
        grader = _grader(order, course, worker.state.nthreads, worker.address)
    return grader.grade(ClassSubmission("", tuple(map(_file, files))))


_making = threading.Lock()


@functools.lru_cache(maxsize=2)
def _grader(order: run.Order, course: str, jobs: int, address: str) -> run.SubmissionGrader:
    """What this process grades with: made for its first submission, then kept."""
    if course:
        os.environ[courses.VARIABLE] = course
    assignment = assignments.find(order.assignment)
    case_sets = case_cache.load(assignment)
    if version.of(assignment, case_sets, order.seed) != order.version:
        raise ClusterError(
            f"the worker {address} has another gradproof, course, numpy or Python than this "
            "machine: install the same on both"
        )
    workers = Workers()
    if order.required is not None:
        first = workers.start()
        reached = first.isolation
        first.close()
        if LEVELS.index(reached) < LEVELS.index(order.required):
            raise ClusterError(f"the worker {address} only has isolation {reached!r}")
    workers.keep([case_set.calls for case_set in case_sets.values()])
    workers.turns = turns = Turns(jobs)
    made = fresh.load(assignment, case_sets, order.seed) if order.seed is not None else {}
    lock = ReadersWriterLock() if jobs > 1 else None
    return run.SubmissionGrader(
        assignment, case_sets, lambda: made, order.version, set(), workers, lock, turns
    )


def _file(file: Opened) -> File:
    """A file that was sent, as one on a disk."""
    data = file.data or b""
    problem = file.problem
    return File(file.name, len(data), lambda limit: data[:limit], problem, file.folder)
