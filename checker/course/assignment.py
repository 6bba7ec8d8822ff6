"""An assignment: a folder with its manifest and text, and the tasks it declares."""

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import assignments
from checker.course import manifest

FOLDER = Path(assignments.__file__).parent
PICTURE = re.compile(r"!\[[^\]]*\]\((\w+\.png)\)")


class ManifestError(ValueError):
    """An assignment.toml is invalid. The message has one line for each problem."""


@dataclass(frozen=True)
class Task:
    """One gradable item: a function that the student writes, and the operation it implements.

    `credit` says whether each result earns its part of the points ("each"), or whether one wrong
    result costs all of them ("all"). `conventions` says whether a function that follows the
    convention of another course gets the points ("accept") or not ("refuse"). The others are
    shares of the points, for a result that is right except on extreme inputs (`unstable`), in
    another shape (`other_shape`), or from a function that writes into its arguments (`mutates`),
    and for a function that is wrong only because another function of the submission that it calls
    is wrong (`carried_forward`): that mistake has cost points already, where it was made.
    """

    function: str
    operation: str
    asks: str
    points: float
    arguments: tuple[str, ...] = ()  # settings that the student's function takes
    fixed: tuple[tuple[str, Any], ...] = ()  # settings that differ from the reference's default
    credit: str = "each"
    conventions: str = "accept"
    unstable: float = 0.5
    other_shape: float = 0.5
    mutates: float = 0.5
    carried_forward: float = 1.0

    @property
    def shares(self) -> dict[str, float]:
        """The share of its points that each verdict is worth. Any other is worth nothing."""
        return {
            "right": 1.0,
            "unstable": self.unstable,
            "other shape": self.other_shape,
            "mutates its input": self.mutates,
            "carried forward": self.carried_forward,
            "other convention": 1.0 if self.conventions == "accept" else 0.0,
        }


@dataclass(frozen=True)
class Assignment:
    """A set of tasks with a text.

    `seconds` is the time limit for all cases of one task together. `imports` is the import
    allow-list; if it is empty, a submission may import the standard library and numpy.
    `fresh` says whether `check grade` asks fresh cases too, which are drawn for each class and
    shown to no student. `solution` says when a student may see a solution of a task: "never", or
    "after full marks" in it.
    """

    name: str
    folder: Path
    title: str
    seconds: float
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    fresh: bool = True
    solution: str = "never"

    @cached_property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def text(self) -> str:
        return (self.folder / "task.md").read_text(encoding="utf-8")

    @property
    def pictures(self) -> dict[str, bytes]:
        """The pictures in the text, by file name."""
        names = PICTURE.findall(self.text)
        return {name: (self.folder / name).read_bytes() for name in names}


def names() -> dict[str, Path]:
    """The folders of all assignments by name, in course order: 04_backprop is named backprop."""
    manifests = sorted(FOLDER.glob("[0-9][0-9]_*/assignment.toml"))
    return {path.parent.name[3:]: path.parent for path in manifests}


def find(name: str) -> Assignment:
    """The assignment of this name. Raises LookupError with the nearest name if there is none."""
    known = names()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else " `check` lists the assignments."
        raise LookupError(f"there is no assignment {name!r}.{hint}")
    return read(known[name])


def read(folder: Path) -> Assignment:
    """The assignment in this folder. Raises ManifestError, with one line for each problem."""
    path = folder / "assignment.toml"
    try:
        text = path.read_text(encoding="utf-8")
        declared = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error
    if problems := manifest.problems(text, declared):
        raise ManifestError("\n".join(f"{path}, {problem}" for problem in problems))
    return Assignment(
        name=re.sub(r"^\d\d_", "", folder.name),
        folder=folder,
        title=declared["title"],
        seconds=float(declared.get("seconds", 2.0)),
        tasks=tuple(map(_task, declared["task"])),
        imports=tuple(declared.get("imports", ())),
        fresh=declared.get("fresh", True),
        solution=declared.get("solution", "never"),
    )


def _task(declared: dict[str, Any]) -> Task:
    arguments = tuple(declared.get("arguments", ()))
    fixed = tuple(declared.get("fixed", {}).items())
    return Task(**{**declared, "arguments": arguments, "fixed": fixed})
