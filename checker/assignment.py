"""An assignment: a folder with its manifest and text, and the tasks it declares."""

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import assignments

FOLDER = Path(assignments.__file__).parent
TASK = {"function": str, "operation": str, "asks": str, "points": int | float}
CONVENTIONS = ("accept", "refuse")
SHARES = ("unstable", "follow_through")
KNOWN = (*TASK, "arguments", "fixed", "conventions", *SHARES)


class ManifestError(ValueError):
    """An assignment.toml that cannot be used, and every reason why."""


@dataclass(frozen=True)
class Task:
    """One gradable item: a function the student writes, and the operation that it is.

    `conventions` says whether a right version that another course uses keeps the points; it is
    named either way. `unstable` is the share of the points that an answer keeps which is right
    except on extreme inputs; `follow_through` the share of one that is wrong only because another
    function of the submission is, which it calls.
    """

    function: str
    operation: str
    asks: str
    points: float
    arguments: tuple[str, ...] = ()  # settings that the student's function takes
    fixed: tuple[tuple[str, Any], ...] = ()  # settings that differ from the reference's default
    conventions: str = "accept"
    unstable: float = 0.5
    follow_through: float = 0.0


@dataclass(frozen=True)
class Assignment:
    """What students work on. `seconds` is the time one task may take, all its cases together."""

    name: str
    folder: Path
    title: str
    seconds: float
    tasks: tuple[Task, ...]

    @cached_property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def text(self) -> str:
        return (self.folder / "task.md").read_text(encoding="utf-8")


def names() -> dict[str, Path]:
    """Assignments in the order of their folders: 04_backprop is called backprop."""
    found = sorted(FOLDER.glob("[0-9][0-9]_*/assignment.toml"))
    return {path.parent.name[3:]: path.parent for path in found}


def find(name: str) -> Assignment:
    """Raises LookupError, with the nearest name, where there is no such assignment."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else " `check` lists the assignments."
        raise LookupError(f"there is no assignment {name!r}.{hint}")
    return read(known[name])


def read(folder: Path) -> Assignment:
    path = folder / "assignment.toml"
    try:
        manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error
    problems = list(_problems(manifest))
    if problems:
        raise ManifestError("\n".join(f"{path}: {problem}" for problem in problems))
    return Assignment(
        name=re.sub(r"^\d\d_", "", folder.name),
        folder=folder,
        title=manifest["title"],
        seconds=float(manifest.get("seconds", 2.0)),
        tasks=tuple(map(_task, manifest["task"])),
    )


def _task(declared: dict[str, Any]) -> Task:
    arguments = tuple(declared.get("arguments", ()))
    fixed = tuple(declared.get("fixed", {}).items())
    return Task(**{**declared, "arguments": arguments, "fixed": fixed})


def _problems(manifest: dict[str, Any]) -> list[str]:
    problems = [
        f"{key!r} is not a setting: title, seconds and [[task]] are"
        for key in manifest.keys() - {"title", "seconds", "task"}
    ]
    if not isinstance(manifest.get("title"), str):
        problems.append('title is missing: title = "..."')
    if not isinstance(manifest.get("seconds", 2.0), int | float):
        problems.append("seconds must be a number")
    tasks = manifest.get("task")
    if not isinstance(tasks, list) or not tasks:
        return [*problems, "there is no [[task]]"]
    for number, task in enumerate(tasks, 1):
        who = f"task {number} ({task.get('function', 'without a function')})"
        problems += [
            f"{who}: {key} is missing or not {'text' if kind is str else 'a number'}"
            for key, kind in TASK.items()
            if not isinstance(task.get(key), kind)
        ]
        if task.get("conventions", "accept") not in CONVENTIONS:
            problems.append(f"{who}: conventions is neither {' nor '.join(CONVENTIONS)}")
        for key in SHARES:
            share = task.get(key, 0)
            if not isinstance(share, int | float) or not 0 <= share <= 1:
                problems.append(f"{who}: {key} must be a number from 0 to 1")
        unknown = sorted(task.keys() - set(KNOWN))
        problems += [f"{who}: {key!r} is not one of {', '.join(KNOWN)}" for key in unknown]
    return problems
