"""What was earned in this folder when it was last checked: shown by `check`, used by `check hint`.

One small file for each folder, among the user's own data. It decides nothing: where it cannot be
written, or holds what nobody here wrote, there is simply no progress to show.
"""

import contextlib
import hashlib
import json
import math
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.assignment import Assignment

if TYPE_CHECKING:
    from checker.graded import Report

LARGEST = 2**20
WIDTH = 20


@dataclass(frozen=True)
class Seen:
    """One task as it was last: its verdict and points, and how many hints were given.

    What is newly found out about it is worth hearing: then only the first hint counts as given.
    """

    verdict: str = ""
    score: float = 0.0
    hints: int = 0
    misconception: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Progress:
    """The tasks of each assignment that were seen in a folder."""

    tasks: dict[str, dict[str, Seen]] = field(default_factory=dict)

    def task(self, assignment: str, function: str) -> Seen:
        return self.tasks.get(assignment, {}).get(function, Seen())

    def earned(self, assignment: Assignment) -> float | None:
        """Points in the tasks there are now; None where nothing was checked yet."""
        seen = self.tasks.get(assignment.name, {})
        if not any(task.verdict for task in seen.values()):
            return None
        return sum(
            min(seen[task.function].score, task.points)
            for task in assignment.tasks
            if task.function in seen
        )


def load(folder: Path) -> Progress:
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        path = _place(folder)
        if path.stat().st_size <= LARGEST:
            return _believed(json.loads(path.read_text(encoding="utf-8")))
    return Progress()


def record(folder: Path, report: "Report") -> None:
    """Remember a report on a file in this folder."""
    known = load(folder)
    seen = dict(known.tasks.get(report.assignment, {}))
    for task in report.tasks:
        before = seen.get(task.name, Seen())
        found = task.diagnosis or {}
        misconception = found.get("misconception", "")
        seen[task.name] = Seen(
            verdict=task.verdict,
            score=task.score,
            hints=before.hints if misconception == before.misconception else min(before.hints, 1),
            misconception=misconception,
            hint=found.get("hint", ""),
        )
    _save(folder, Progress({**known.tasks, report.assignment: seen}))


def count_hint(folder: Path, assignment: str, function: str, hints: int) -> None:
    """Remember how many hints on a task were given."""
    known = load(folder)
    seen = dict(known.tasks.get(assignment, {}))
    seen[function] = replace(seen.get(function, Seen()), hints=hints)
    _save(folder, Progress({**known.tasks, assignment: seen}))


def bar(earned: float, points: float) -> str:
    """Full only where everything is earned, and empty only where nothing is."""
    share = earned / points if points > 0 else 0.0
    filled = min(math.ceil(share * WIDTH), WIDTH - (share < 1))
    return "\u2588" * filled + "\u2591" * (WIDTH - filled)


def _place(folder: Path) -> Path:
    import platformdirs

    mark = hashlib.sha256(os.fsencode(os.path.normcase(folder.resolve()))).hexdigest()[:24]
    return platformdirs.user_data_path("gradproof", appauthor=False) / "progress" / f"{mark}.json"


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


def _believed(data: Any) -> Progress:
    """Raises TypeError or ValueError for anything that was not written here."""
    return Progress(
        {
            str(name): {str(task): _seen(seen) for task, seen in tasks.items()}
            for name, tasks in _table(data).items()
            if _table(tasks) is tasks
        }
    )


def _seen(data: Any) -> Seen:
    seen = Seen(**_table(data))
    words = (seen.verdict, seen.misconception, seen.hint)
    if not all(type(word) is str for word in words) or type(seen.hints) is not int:
        raise ValueError("a word or a number is something else")
    if type(seen.score) not in (int, float) or not 0 <= seen.score < math.inf:
        raise ValueError("the score is no number of points")
    return seen


def _table(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise TypeError("a table was expected")
    return data
