"""An assignment: a folder with its manifest and text, and the tasks it declares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from checker.course import call_lines, manifest, marks
from checker.course import course as courses
from checker.course.call_lines import CallLines
from checker.course.course_manifest import near
from checker.course.manifest import ManifestError
from checker.course.marks import Marks

PICTURE = re.compile(r"!\[[^\]]*\]\((\w+\.png)\)")
SOLUTION = "solution.py"  # of the author, in the folder of an assignment


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

    With `calls`, the student writes the functions and classes that these lines use, and `function`
    is the name of the task alone. `ranks` are the numbers of axes that some arguments have in all
    cases.
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
    calls: str = ""
    ranks: tuple[tuple[str, int], ...] = ()

    @property
    def lines(self) -> CallLines | None:
        """What its calls say, if it has some."""
        return call_lines.read(self.calls) if self.calls else None

    @property
    def names(self) -> tuple[str, ...]:
        """The functions and classes that a student writes for it."""
        return self.lines.names if self.lines else (self.function,)

    @property
    def needs(self) -> tuple[str, ...]:
        """The same, and the methods that are called, as "Class.method"."""
        return (*self.names, *self.lines.methods) if self.lines else (self.function,)

    @property
    def answering(self) -> tuple[str, ...]:
        """Those of them whose results count."""
        return self.lines.answering if self.lines else (self.function,)

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
    "after full marks" in it. `marks` has the rules by which `check grade` makes points a mark.
    """

    name: str
    folder: Path
    title: str
    seconds: float
    tasks: tuple[Task, ...]
    imports: tuple[str, ...] = ()
    fresh: bool = True
    solution: str = "never"
    marks: Marks = field(default_factory=Marks)
    functions: tuple[tuple[str, str], ...] = ()  # texts for the starter, of what `calls` name
    replaced_text: Path | None = None  # the file of a text that a course has instead

    @cached_property
    def points(self) -> float:
        return marks.total(task.points for task in self.tasks)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The functions and classes that a student writes."""
        return tuple(dict.fromkeys(name for task in self.tasks for name in task.names))

    @cached_property
    def maximum(self) -> float:
        """The highest mark without a bonus."""
        return marks.total(task.points for task in self.counted(self.tasks))

    def counted(self, tasks: Iterable[Task]) -> list[Task]:
        """Those of these tasks that are no bonus, or all of them if there is no other."""
        tasks = list(tasks)
        return [task for task in tasks if task.function not in self.marks.bonus] or tasks

    @property
    def text(self) -> str:
        return self._text_file.read_text(encoding="utf-8")

    @property
    def pictures(self) -> dict[str, bytes]:
        """The pictures in the text, by file name. Raises ManifestError where one is missing."""
        if self.missing:
            raise ManifestError("\n".join(self.missing))
        return {name: path.read_bytes() for name, path in self._pictures.items() if path}

    @property
    def missing(self) -> list[str]:
        """The text, or pictures that it shows, in words, if they are not there."""
        if not self._text_file.is_file():
            return [f"{self._text_file}: there is no such file, and it has the text for students."]
        names = (name for name, path in self._pictures.items() if path is None)
        return [f"{self._text_file}: it shows {name}, which is not beside it." for name in names]

    @property
    def _pictures(self) -> dict[str, Path | None]:
        folders = (self._text_file.parent, self.folder)
        return {
            name: next((path for f in folders if (path := f / name).is_file()), None)
            for name in PICTURE.findall(self.text)
        }

    @property
    def own_solution(self) -> str:
        """The author's own solution of all tasks, or nothing."""
        path = self.folder / SOLUTION
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    @property
    def _text_file(self) -> Path:
        return self.replaced_text or self.folder / "task.md"


def names() -> dict[str, Path]:
    """The folders of all assignments of the course in use by name, in its order."""
    return courses.current().folders


def find(name: str) -> Assignment:
    """The assignment of this name. Raises LookupError with the nearest name if there is none."""
    course = courses.current()
    known = course.folders
    if name not in known:
        hint = near(name, known) or " `check` lists the assignments."
        raise LookupError(f"there is no assignment {name!r}.{hint}")
    change = course.change(name)
    text = course.folder / change["text"] if "text" in change else None
    defaults = {**course.defaults, "marks": course.marks}
    return read(known[name], defaults, change, text)


def read(
    folder: Path,
    defaults: Mapping[str, Any] | None = None,
    change: Mapping[str, Any] | None = None,
    text: Path | None = None,
) -> Assignment:
    """The assignment in this folder. Raises ManifestError, with one line for each problem.

    A course has `defaults` for what its manifest does not say, may `change` what it says, and may
    have another `text`.
    """
    path = folder / "assignment.toml"
    content, declared = manifest.read(path)
    if problems := manifest.problems(content, declared):
        raise ManifestError("\n".join(f"{path}, {problem}" for problem in problems))
    defaults, change = dict(defaults or {}), dict(change or {})
    changed = change.get("task", {})
    settings = {**defaults, **declared, **change}
    rules = [table.get("marks", {}) for table in (defaults, declared, change)]
    policies = {key: defaults[key] for key in manifest.POLICIES if key in defaults}
    return Assignment(
        name=courses.name(folder),
        folder=folder,
        title=settings["title"],
        seconds=float(settings.get("seconds", 2.0)),
        tasks=tuple(
            _task({**policies, **task, **changed.get(task["function"], {})})
            for task in declared["task"]
        ),
        imports=tuple(settings.get("imports", ())),
        fresh=settings.get("fresh", True),
        solution=settings.get("solution", "never"),
        marks=marks.declared({**rules[0], **rules[1], **rules[2]}),
        functions=tuple(settings.get("functions", {}).items()),
        replaced_text=text,
    )


def _task(declared: dict[str, Any]) -> Task:
    arguments = tuple(declared.get("arguments", ()))
    fixed = tuple(declared.get("fixed", {}).items())
    ranks = tuple(declared.get("ranks", {}).items())
    return Task(**{**declared, "arguments": arguments, "fixed": fixed, "ranks": ranks})
