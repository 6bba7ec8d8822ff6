"""A page for each lecture, slide by slide: what it says, and what reproduces it here.

The slides are declared in lectures/*.toml. Tasks are looked up, and numbers are computed.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import operation_pages
from markup import code, escaped, joined, table, toctree

from checker.course import assignment as assignments
from reference import catalogue, data, models

FOLDER = Path(__file__).parent / "lectures"
NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")
PROGRAMS = "tests/reference/lecture_programs"
KINDS = {
    "definition": "definitions",
    "formula": "formulas",
    "algorithm": "algorithms",
    "claim": "claims",
    "number": "numbers",
    "snippet": "snippets",
    "call": "calls",
    "figure": "figures",
    "table": "tables",
    "misprint": "misprints",
}


@dataclass(frozen=True)
class Entry:
    """One thing that a lecture says, and all that reproduces it.

    `printed` is a number of the lecture, and `ours` the expression that computes it. Of a misprint,
    `says` is what is printed, and `meant` what it should be. `reason` says why nothing reproduces
    the entry. `snippet` is a cell of a program, as in "000_tutorial: Training".
    """

    kind: str
    says: str
    operations: Sequence[str] = ()
    pictures: Sequence[str] = ()
    experiments: Sequence[str] = ()
    python: Sequence[str] = ()  # names that can be imported
    snippet: str = ""
    printed: str = ""
    ours: str = ""
    meant: str = ""
    note: str = ""
    reason: str = ""

    @property
    def reproduced(self) -> bool:
        found = (self.operations, self.pictures, self.experiments, self.python)
        return bool(any(found) or self.snippet or self.ours)


@dataclass(frozen=True)
class Slide:
    """A heading of a lecture, and what stands below it."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Lecture:
    """A lecture by its number; `author` is empty if the document names none."""

    number: str
    title: str
    author: str
    slides: tuple[Slide, ...]

    @property
    def entries(self) -> list[Entry]:
        return [entry for slide in self.slides for entry in slide.entries]


@cache
def lectures() -> tuple[Lecture, ...]:
    return tuple(map(_read, sorted(FOLDER.glob("*.toml"))))


def _read(path: Path) -> Lecture:
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    slides = tuple(
        Slide(slide["title"], tuple(Entry(**entry) for entry in slide["entry"]))
        for slide in declared["slide"]
    )
    return Lecture(path.stem, declared["title"], declared.get("author", ""), slides)


def computed(entry: Entry) -> str:
    """What is printed, with our numbers instead, rounded to as many digits."""
    names: dict[str, Any] = {name: catalogue.module(name) for name in catalogue.names()}
    value = eval(entry.ours, names | {"np": np, "models": models, "data": data})
    if isinstance(value, str):
        return value
    numbers = np.ravel(value).tolist()
    if len(numbers) != len(NUMBER.findall(entry.printed)):
        raise ValueError(f"{entry.printed!r} is not as many numbers as {entry.ours}: {numbers}")
    left = iter(numbers)
    return NUMBER.sub(lambda found: f"{next(left):.{len(found[1] or '')}f}", entry.printed)


def pages() -> dict[str, str | bytes]:
    """The page of each lecture and the page about all of them, by their paths."""
    found = lectures()
    made: dict[str, str | bytes] = {f"lectures/{each.number}.md": _page(each) for each in found}
    return made | {"lectures.md": _overview(found)}


def _overview(found: Sequence[Lecture]) -> str:
    counts = [Counter(entry.kind for entry in each.entries) for each in found]
    counts.append(sum(counts, Counter()))
    rows = [(plural, *(count[kind] for count in counts)) for kind, plural in KINDS.items()]
    rows.append(("all", *(count.total() for count in counts)))
    entries = [entry for each in found for entry in each.entries]
    left = sum(not (entry.reproduced or entry.meant) for entry in entries)
    return joined(
        "# The lectures, slide by slide",
        f"gradproof implements {len(found)} lectures, and each has a page that goes through it in "
        "its own order. Beside what a slide says, the page names the operations, tasks, pictures "
        "and experiments that reproduce it, compares each printed number with ours, and corrects "
        f"misprints. Of {len(entries)} entries, {left} are not reproduced; each of these gives the "
        "reason.",
        table(("Lecture", "Title", "Author"), map(_row, found)),
        table(("What", *(f"{each.number}:" for each in found), "All:"), rows),
        toctree(f"lectures/{each.number}" for each in found),
    )


def _row(found: Lecture) -> tuple[str, str, str]:
    link = f"[{found.number}](lectures/{found.number}.md)"
    return link, escaped(found.title), found.author or "not named"


def _page(found: Lecture) -> str:
    counts = Counter(entry.kind for entry in found.entries)
    there = [f"{n} {kind if n == 1 else KINDS[kind]}" for kind in KINDS if (n := counts[kind])]
    ran = any(entry.snippet for entry in found.entries)
    return joined(
        f"# {found.number}: {escaped(found.title)}",
        f"Author: {found.author or 'not named in the document'}. "
        f"Here are {', '.join(there[:-1])} and {there[-1]}.",
        "`check show NAME` draws a picture or runs an experiment. `check ASSIGNMENT --task NAME` "
        "grades a task."
        + (f" The programs in `{PROGRAMS}` run, with nothing changed but imports." if ran else ""),
        *(part for slide in found.slides for part in _slide(slide)),
    )


def _slide(slide: Slide) -> Iterator[str]:
    numbers = [entry for entry in slide.entries if entry.kind == "number"]
    misprints = [entry for entry in slide.entries if entry.kind == "misprint"]
    others = [entry for entry in slide.entries if entry not in (*numbers, *misprints)]
    yield f"## {escaped(slide.title)}"
    yield _table(
        ("What the lecture says", "What reproduces it"),
        [(f"*{entry.kind}:* {escaped(entry.says)}", _here(entry)) for entry in others],
    )
    yield _table(
        ("Number", "Printed", "Ours"),
        [(escaped(e.says), escaped(e.printed), _ours(e)) for e in numbers],
    )
    yield _table(
        ("Misprint", "What is meant", "See"),
        [(escaped(e.says), escaped(e.meant), _lines(_named(e), _said(e))) for e in misprints],
    )


def _table(head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A vertical bar would end a cell, in code as well."""
    bar = re.compile(r"(?<!\\)\|")
    return table(head, [[bar.sub(r"\|", cell) for cell in row] for row in rows])


def _ours(entry: Entry) -> str:
    return _lines(escaped(computed(entry)) if entry.ours else "", _said(entry))


def _here(entry: Entry) -> str:
    """What reproduces an entry, the tasks that grade it, and what there is to say."""
    graded = "; ".join(_graded(entry.operations))
    return _lines(_named(entry), f"Graded in {graded}" if graded else "", _said(entry))


def _named(entry: Entry) -> str:
    """What reproduces an entry, by its names."""
    shown = [f"[picture {name}](#picture-{name})" for name in entry.pictures]
    shown += [f"[experiment {name}](#experiment-{name})" for name in entry.experiments]
    program, _, cell = entry.snippet.partition(": ")
    ran = [f'cell "{escaped(cell)}" of {code(program)}'] if cell else []
    return ", ".join([*map(_operation, entry.operations), *map(code, entry.python), *shown, *ran])


def _lines(*parts: str) -> str:
    """The parts that are there, below each other in one cell."""
    return "<br>".join(filter(None, parts))


def _said(entry: Entry) -> str:
    return escaped(entry.reason or entry.note)


def _operation(name: str) -> str:
    return f"[{name}](../operations/{operation_pages.path(name)}.md)"


def _graded(operations: Sequence[str]) -> Iterator[str]:
    """The tasks on these operations, by assignment."""
    for name, tasks in _tasks():
        asked = [code(function) for function, operation in tasks if operation in operations]
        if asked:
            yield f"[{name}](../assignments/{name}.md): {', '.join(asked)}"


@cache
def _tasks() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The functions of each assignment and their operations."""
    return tuple(
        (name, tuple((task.function, task.operation) for task in assignments.find(name).tasks))
        for name in assignments.names()
    )
