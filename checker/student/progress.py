"""The progress in a folder: points earned at the last check. `check` and `check hint` use it.

Each folder has one small file in the user's data directory. No grade depends on it. If it cannot be
written, or is not valid, there is no progress to show.
"""

import contextlib
import hashlib
import json
import math
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.course.assignment import Assignment

if TYPE_CHECKING:
    from checker.grading.report import Report

LARGEST = 2**20  # bytes of a progress file
BAR_WIDTH = 20


@dataclass(frozen=True)
class TaskProgress:
    """One task at the last check: its verdict, its points, and the number of hints given.

    If a check finds another misconception, only the first hint still counts as given, because the
    others may have changed.
    """

    verdict: str = ""
    score: float = 0.0
    hints: int = 0
    misconception: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Progress:
    """The tasks of each assignment that were checked in a folder."""

    tasks: dict[str, dict[str, TaskProgress]] = field(default_factory=dict)

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


def load(folder: Path) -> Progress:
    """The progress in a folder; empty if there is no valid file."""
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        path = _place(folder)
        if path.stat().st_size <= LARGEST:
            return _validated(json.loads(path.read_text(encoding="utf-8")))
    return Progress()


def record(folder: Path, report: "Report") -> None:
    """Remember a report on a file in this folder."""
    known = load(folder)
    seen = dict(known.tasks.get(report.assignment, {}))
    for task in report.tasks:
        before = seen.get(task.name, TaskProgress())
        diagnosis = task.diagnosis
        misconception = diagnosis["misconception"] if diagnosis else ""
        seen[task.name] = TaskProgress(
            verdict=task.verdict,
            score=task.score,
            hints=before.hints if misconception == before.misconception else min(before.hints, 1),
            misconception=misconception,
            hint=diagnosis["hint"] if diagnosis else "",
        )
    _save(folder, Progress({**known.tasks, report.assignment: seen}))


def count_hint(folder: Path, assignment: str, function: str, hints: int) -> None:
    """Remember how many hints on a task were given."""
    known = load(folder)
    seen = dict(known.tasks.get(assignment, {}))
    seen[function] = replace(seen.get(function, TaskProgress()), hints=hints)
    _save(folder, Progress({**known.tasks, assignment: seen}))


def bar(earned: float, points: float) -> str:
    """A progress bar. It is full only if everything is earned, and empty only if nothing is."""
    share = earned / points if points > 0 else 0.0
    filled = min(math.ceil(share * BAR_WIDTH), BAR_WIDTH - (share < 1))
    return "\u2588" * filled + "\u2591" * (BAR_WIDTH - filled)


def _place(folder: Path) -> Path:
    import platformdirs

    name = hashlib.sha256(os.fsencode(os.path.normcase(folder.resolve()))).hexdigest()[:24]
    return platformdirs.user_data_path("gradproof", appauthor=False) / "progress" / f"{name}.json"


def _save(folder: Path, progress: Progress) -> None:
    data = {
        name: {task: asdict(seen) for task, seen in tasks.items()}
        for name, tasks in progress.tasks.items()
    }
    with contextlib.suppress(OSError, ValueError):
        path = _place(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(data), encoding="utf-8")
        unfinished.replace(path)


def _validated(data: Any) -> Progress:
    """The progress in a file. Raises TypeError or ValueError if the data is not valid."""
    return Progress(
        {
            str(name): {str(task): _task_progress(seen) for task, seen in tasks.items()}
            for name, tasks in _object(data).items()
            if _object(tasks) is tasks
        }
    )


def _task_progress(data: Any) -> TaskProgress:
    seen = TaskProgress(**_object(data))
    words = (seen.verdict, seen.misconception, seen.hint)
    if not all(type(word) is str for word in words) or type(seen.hints) is not int:
        raise ValueError("a text or a number has another type")
    if type(seen.score) not in (int, float) or not 0 <= seen.score < math.inf:
        raise ValueError("the score is not a number of points")
    return seen


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("a JSON object was expected")
    return data
