"""The course in use: a folder with a course.toml, to which all commands refer.

It is the one that `check -C` or the environment variable GRADPROOF_COURSE names. Otherwise it is
the nearest one from the working directory upwards, then that of an installed package, if just one
brings a course, and then the one of this package. A published package is for its own one alone.
"""

import functools
import os
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import assignments
from checker.course import code, course_manifest, manifest
from checker.course.manifest import ManifestError

FILE = "course.toml"
VARIABLE = "GRADPROOF_COURSE"
GROUP = "gradproof.courses"  # of entry points
SHIPPED = Path(assignments.__file__).parent
IS_COMPLETE = find_spec("checker.commands.complete") is not None  # else: published


class CourseError(ValueError):
    """There is no course where one should be. The message says what to do."""


@dataclass(frozen=True, eq=False)
class Course:
    """A course. `origin` is "named", "found", "installed" or "shipped": who has chosen it.

    `declared` is the content of its course.toml.
    """

    folder: Path
    origin: str
    declared: dict[str, Any]

    @property
    def title(self) -> str:
        return str(self.declared["title"])

    @property
    def defaults(self) -> dict[str, Any]:
        """What holds for its assignments where their manifests say nothing."""
        return dict(self.declared.get("defaults", {}))

    @property
    def marks(self) -> dict[str, Any]:
        """How points become marks, where its assignments say nothing else."""
        return dict(self.declared.get("marks", {}))

    def change(self, assignment: str) -> dict[str, Any]:
        """What it changes in an assignment."""
        return dict(self.declared.get("change", {}).get(assignment, {}))

    @property
    def folders(self) -> dict[str, Path]:
        """The folders of its assignments by name, in order."""
        own = _assignments(self.folder)
        known = self._taken(bool(own)) | own
        first = [name for name in self.declared.get("order", ()) if name in known]
        return {name: known[name] for name in [*first, *known]}

    def _taken(self, has_own: bool) -> dict[str, Path]:
        """What it takes of the shipped course: all, if it says nothing and has none of its own."""
        take = self.declared.get("take", [] if has_own else "all")
        shipped = _assignments(SHIPPED) if take else {}
        return shipped if take == "all" else {name: shipped[name] for name in take}


def name(folder: Path) -> str:
    """The name of the assignment in a folder, which may begin with its number: 04_backprop."""
    return re.sub(r"^\d\d_", "", folder.name)


def _assignments(course: Path) -> dict[str, Path]:
    """The folders of the assignments in a folder, by name.

    Raises ManifestError if two have the same name.
    """
    found: dict[str, Path] = {}
    for path in sorted(course.glob("*/assignment.toml")):
        word = name(path.parent)
        if word in found:
            raise ManifestError(
                f"{found[word]} and {path.parent} are both named {word}. Rename one of them."
            )
        found[word] = path.parent
    return found


def current() -> Course:
    """The course in use.

    Raises CourseError if there is none, ManifestError with all problems of one that is wrong.
    """
    folder, origin = _chosen()
    known = (folder / FILE).stat()
    course = _read(folder, origin, (known.st_size, known.st_mtime_ns))
    code.use(folder)
    return course


def contains(path: Path) -> bool:
    """Whether a file is code of the course in use, which no submission may import."""
    current()
    return code.contains(path)


def _chosen() -> tuple[Path, str]:
    """The folder of the course in use, and who has chosen it."""
    if not IS_COMPLETE:
        return SHIPPED, "shipped"
    if named := os.environ.get(VARIABLE):
        return _named(named), "named"
    if found := _upwards():
        return found, "found"
    if len(brought := installed()) == 1:
        return next(iter(brought.values())), "installed"
    return SHIPPED, "shipped"


def named(name: str) -> str:
    """A folder with its whole path, or the name of an installed course. Raises CourseError."""
    if not IS_COMPLETE:
        raise CourseError("What your teacher has published is for one course. Leave -C out.")
    folder = _named(name)
    return name if not Path(name, FILE).is_file() and name in installed() else str(folder)


def _named(name: str) -> Path:
    folder = Path(name).resolve()
    if (folder / FILE).is_file():
        return folder
    if name in (brought := installed()):
        return brought[name]
    others = f" Installed courses: {', '.join(brought)}." if brought else ""
    raise CourseError(
        f"{name} is no course: there is no {folder / FILE}. `check new course` makes one.{others}"
    )


def _upwards() -> Path | None:
    """The nearest folder with a course.toml, from the working directory upwards.

    What it declares is run, so nobody else may have put it there.
    """
    try:
        here = os.getcwd()
    except FileNotFoundError:  # it was deleted
        return None
    while True:
        path = os.path.join(here, FILE)
        if os.path.isfile(path):
            if hasattr(os, "getuid") and os.stat(path).st_uid != os.getuid():
                raise CourseError(
                    f"{path} belongs to another user, and a course may run programs. "
                    f"If you trust it, name it: check -C {here}"
                )
            return Path(here)
        here, below = os.path.dirname(here), here
        if here == below:
            return None


def installed() -> dict[str, Path]:
    """The folders of the courses that installed packages bring, by the names of their entry points.

    importlib.metadata does the same and takes 30 times as long, at each start.
    """
    return _installed(tuple(sys.path))


@functools.cache
def _installed(places: tuple[str, ...]) -> dict[str, Path]:
    found = {}
    for text in map(_entry_points, _distributions(places)):
        for line in text.partition(f"[{GROUP}]")[2].partition("\n[")[0].splitlines():
            name, _, module = map(str.strip, line.partition("="))
            if module:
                found[name] = _folder(name, module.partition(":")[0].strip())
    return found


def _distributions(places: tuple[str, ...]) -> list[str]:
    found = []
    for place in places:
        if os.path.isdir(place):
            names = (
                name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))
            )
            found += [os.path.join(place, name) for name in names]
    return found


def _entry_points(distribution: str) -> str:
    try:
        with open(os.path.join(distribution, "entry_points.txt"), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def _folder(name: str, module: str) -> Path:
    """The folder of a package, which is not imported."""
    first, *rest = module.split(".")
    package = find_spec(first)
    places = package.submodule_search_locations if package else None
    folder = Path(next(iter(places or ()), first)).joinpath(*rest)
    if not (folder / FILE).is_file():
        raise CourseError(
            f"the installed course {name} is not complete: there is no {folder / FILE}. "
            "Install it again."
        )
    return folder


@functools.lru_cache(maxsize=8)
def _read(folder: Path, origin: str, stamp: tuple[int, int]) -> Course:
    """The course in a folder. With the `stamp` of its course.toml, each version is read once."""
    path = folder / FILE
    text, declared = manifest.read(path)
    own, shipped = _assignments(folder), _assignments(SHIPPED)
    if problems := course_manifest.problems(text, declared, folder, own, shipped):
        raise ManifestError("\n".join(f"{path}, {problem}" for problem in problems))
    return Course(folder, origin, declared)
