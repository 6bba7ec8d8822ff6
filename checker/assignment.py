"""An assignment: a folder with its manifest and text, and the tasks it declares."""

import difflib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import assignments
from checker import manifest

FOLDER = Path(assignments.__file__).parent
PICTURE = re.compile(r"!\[[^\]]*\]\((\w+\.png)\)")


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
    """What students work on.

    `seconds` is the time one task may take, all its cases together. `imports` are the packages that
    a submission may import; empty, the standard library and numpy. `hidden_seed` draws cases that
    `check grade` asks beside those of the bank, and shows to nobody.
    """

    name: str
    folder: Path
    title: str
    seconds: float
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    hidden_seed: int | None = None

    @cached_property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    @property
    def text(self) -> str:
        return (self.folder / "task.md").read_text(encoding="utf-8")

    @property
    def pictures(self) -> dict[str, bytes]:
        """The pictures that the text shows, by the names it has for them."""
        names = PICTURE.findall(self.text)
        return {name: (self.folder / name).read_bytes() for name in names}


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
    """Raises ManifestError, with a line for each problem."""
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
        hidden_seed=declared.get("hidden_seed"),
    )


def _task(declared: dict[str, Any]) -> Task:
    arguments = tuple(declared.get("arguments", ()))
    fixed = tuple(declared.get("fixed", {}).items())
    return Task(**{**declared, "arguments": arguments, "fixed": fixed})
