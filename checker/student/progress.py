"""The progress in a folder: points earned at the last check. `check` and `check hint` use it.

Each folder has one small file in the user's data directory. A folder that was moved is known by any
file in it that earned points and has not changed since. No grade depends on progress. If it cannot
be written, or is not valid, there is no progress to show.
"""

import contextlib
import hashlib
import json
import math
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.course import assignment as assignments
from checker.course.assignment import Assignment

if TYPE_CHECKING:
    from checker.grading.report import Report
    from checker.student.hand_in import HandIn

LARGEST = 2**20  # bytes of a progress file
CELLS = ""  # stands for the name of a notebook in which cells were checked
TIME = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True)
class TaskProgress:
    """One task at the last check: its verdict, its points, and the number of hints given.

    If a check finds another misconception, only the first hint still counts as given, because the
    others may have changed. `derivative` says whether its formula was shown before it was right.
    `solved` is when it first got all points, and empty while it does not.
    """

    verdict: str = ""
    score: float = 0.0
    hints: int = 0
    misconception: str = ""
    hint: str = ""
    derivative: bool = False
    solved: str = ""


@dataclass(frozen=True)
class Progress:
    """The tasks of each assignment that were checked in a folder.

    `files` has the digest of each file that earned points, by its name, and `folder` is the path.
    `checked` has the digest of each file with its modules at its last check, and when that was.
    """

    tasks: dict[str, dict[str, TaskProgress]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    folder: str = ""
    checked: dict[str, str] = field(default_factory=dict)

    def task(self, assignment: str, function: str) -> TaskProgress:
        return self.tasks.get(assignment, {}).get(function, TaskProgress())

    def earned(self, assignment: Assignment) -> float | None:
        """Points earned in the tasks of an assignment; None if none of them was checked yet."""
        seen = self.tasks.get(assignment.name, {})
        if not any(task.verdict for task in seen.values()):
            return None
        return sum(
            min(seen[task.function].score, task.points)
            for task in assignment.tasks
            if task.function in seen
        )

    def finished(self, assignment: Assignment) -> bool:
        """Whether all tasks of an assignment that are no bonus have full marks."""
        return self.earned(assignment) is not None and not self.open(assignment)

    def open(self, assignment: Assignment) -> list[str]:
        """The tasks of an assignment that are no bonus and have not full marks."""
        return [
            task.function
            for task in assignment.counted(assignment.tasks)
            if self.task(assignment.name, task.function).score < task.points
        ]

    def last_check(self, filename: str, digest: str) -> str:
        """When this file was last checked, with these modules; empty if it was changed since.

        A notebook may have been checked from within, where its name is not known.
        """
        checks = [self.checked.get(name, "").partition(" ") for name in (filename, CELLS)]
        return max((when for known, _, when in checks if known == digest), default="")


def load(folder: Path) -> Progress:
    """The progress in a folder; empty if there is none that is valid.

    That of a folder that was moved here is remembered, because its files will change.
    """
    if known := _read(_place(folder)):
        return known
    if moved := next(_moved_here(folder), None):
        _save(folder, moved)
    return moved or Progress()


def record(path: Path, report: "Report", handed: "HandIn | None" = None) -> None:
    """Remember a report on this file in its folder.

    A folder stands for a notebook in it, of which `handed` has the cells that were graded.
    """
    folder = path if path.is_dir() else path.parent
    known, now = load(folder), datetime.now(UTC).strftime(TIME)
    seen = dict(known.tasks.get(report.assignment, {}))
    for task in report.tasks:
        before = seen.get(task.name, TaskProgress())
        diagnosis = task.diagnosis
        misconception = diagnosis["misconception"] if diagnosis else ""
        seen[task.name] = replace(
            before,
            verdict=task.verdict,
            score=task.score,
            hints=before.hints if misconception == before.misconception else min(before.hints, 1),
            misconception=misconception,
            hint=diagnosis["hint"] if diagnosis else "",
            solved=(before.solved or now) if task.score == task.max_score else "",
        )
    files = dict(known.files)
    if report.score and (digest := _digest(path)):  # an untouched starter is in many folders
        files[path.name] = digest
    tasks, checked = {**known.tasks, report.assignment: seen}, dict(known.checked)
    if digest := _digest_with_modules(path, report.assignment, handed):
        checked[path.name] = f"{digest} {now}"
    _save(folder, replace(known, tasks=tasks, files=files, checked=checked))


def count_hint(folder: Path, assignment: str, function: str, hints: int) -> None:
    """Remember how many hints on a task were given."""
    seen = load(folder).task(assignment, function)
    _remember(folder, assignment, function, replace(seen, hints=hints))


def derivative_shown(folder: Path, assignment: str, function: str) -> None:
    """Remember that the derivative was shown which a task asks for."""
    seen = load(folder).task(assignment, function)
    _remember(folder, assignment, function, replace(seen, derivative=True))


def _remember(folder: Path, assignment: str, function: str, seen: TaskProgress) -> None:
    known = load(folder)
    tasks = {**known.tasks.get(assignment, {}), function: seen}
    _save(folder, replace(known, tasks={**known.tasks, assignment: tasks}))


def _place(folder: Path) -> Path:
    import platformdirs

    name = hashlib.sha256(os.fsencode(os.path.normcase(folder.resolve()))).hexdigest()[:24]
    return platformdirs.user_data_path("gradproof", appauthor=False) / "progress" / f"{name}.json"


def _read(place: Path) -> Progress | None:
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        if place.stat().st_size <= LARGEST:
            return _validated(json.loads(place.read_text(encoding="utf-8")))
    return None


def _moved_here(folder: Path) -> Iterator[Progress]:
    """Progress in folders that are gone, of which a file with the same content is in this one."""
    with contextlib.suppress(OSError):
        for place in _place(folder).parent.glob("*.json"):
            known = _read(place) or Progress()
            unchanged = (_digest(folder / name) == known.files[name] for name in known.files)
            if known.folder and not Path(known.folder).exists() and any(unchanged):
                yield known


def _digest(path: Path) -> str:
    with contextlib.suppress(OSError):
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def _digest_with_modules(path: Path, assignment: str, handed: "HandIn | None") -> str:
    from checker.student import hand_in  # imports numpy

    with contextlib.suppress(OSError, hand_in.IntakeError):
        return (handed or hand_in.of(path)).digest(assignments.find(assignment))
    return ""


def _save(folder: Path, progress: Progress) -> None:
    with contextlib.suppress(OSError, ValueError):
        path = _place(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        data = asdict(replace(progress, folder=str(folder.resolve())))
        unfinished.write_text(json.dumps(data), encoding="utf-8")
        unfinished.replace(path)


def _validated(data: Any) -> Progress:
    """The progress in a file. Raises TypeError or ValueError if the data is not valid."""
    known = Progress(**_object(data))
    digests = (*_object(known.files).values(), *_object(known.checked).values())
    if not all(type(word) is str for word in (known.folder, *digests)):
        raise ValueError("a path or a digest is not a text")
    tasks = {
        name: {task: _task_progress(seen) for task, seen in _object(tasks).items()}
        for name, tasks in _object(known.tasks).items()
    }
    return replace(known, tasks=tasks)


def _task_progress(data: Any) -> TaskProgress:
    seen = TaskProgress(**_object(data))
    words = (seen.verdict, seen.misconception, seen.hint, seen.solved)
    counts = type(seen.hints) is int and type(seen.derivative) is bool
    if not all(type(word) is str for word in words) or not counts:
        raise ValueError("a text or a number has another type")
    if type(seen.score) not in (int, float) or not 0 <= seen.score < math.inf:
        raise ValueError("the score is not a number of points")
    return seen


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("a JSON object was expected")
    return data
