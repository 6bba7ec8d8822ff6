"""A term: the marks of each student over several assignments, and the mistakes that stay.

It is read from the results.json of each output folder. A student is found again by the identifiers
of the platform, or by name where it has none that last longer than an assignment.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.classroom.keys import OF_ONE_ASSIGNMENT
from checker.sandbox.plain_text import PARAGRAPH, clean

RESULTS = "results.json"
LISTED_STUDENTS, LISTED_MISTAKES = 40, 8


class TermError(ValueError):
    """The results cannot be put together. The message says why."""


@dataclass(frozen=True)
class Row:
    """A submission in results.json.

    `people` has the name and the lasting identifiers of each student. `full` has a 1 for each task
    with full marks, and a 0 for the others. `diagnoses` are a task, a misconception and a hint.
    """

    name: str
    score: float
    max_score: float
    people: list[tuple[str, set[tuple[str, str]]]]
    full: dict[str, int]
    diagnoses: list[tuple[str, str, str]]


@dataclass
class Student:
    """A student of the term: a row of each assignment that was handed in, by its title."""

    name: str
    rows: dict[str, Row] = field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """A misconception, who has it in the last assignment, and who had it before too."""

    misconception: str
    hint: str
    tasks: tuple[str, ...]
    who: tuple[str, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """The assignments in their order, their highest marks, and the students."""

    maxima: dict[str, float]
    students: list[Student]

    @property
    def last(self) -> str:
        return list(self.maxima)[-1]

    def staying(self, student: Student) -> dict[str, list[str]]:
        """The misconceptions of a student in several assignments, each with its places."""
        places: dict[str, dict[str, list[str]]] = {}
        for title, row in student.rows.items():
            for task, words, _ in row.diagnoses:
                places.setdefault(words, {}).setdefault(title, []).append(task)
        return {
            words: [f"{title}: {', '.join(tasks)}" for title, tasks in found.items()]
            for words, found in places.items()
            if len(found) > 1
        }

    def stays(self) -> list[tuple[str, str, list[str]]]:
        """The misconceptions that stay: the name of the student, the words, and the places."""
        return [
            (student.name, words, places)
            for student in self.students
            for words, places in self.staying(student).items()
        ]

    def mistakes(self) -> list[Mistake]:
        """The mistakes of the last assignment, the most worth repeating first."""
        hints: dict[str, str] = {}
        tasks: dict[str, set[str]] = {}
        who: dict[str, list[str]] = {}
        stays: dict[str, list[str]] = {}
        for student in self.students:
            last = student.rows.get(self.last)
            found = last.diagnoses if last else []
            for task, words, hint in found:
                hints[words] = hint
                tasks.setdefault(words, set()).add(task)
            for words in {words for _, words, _ in found}:
                who.setdefault(words, []).append(student.name)
                if words in self.staying(student):
                    stays.setdefault(words, []).append(student.name)
        made = [
            Mistake(
                words,
                hints[words],
                tuple(sorted(tasks[words])),
                tuple(who[words]),
                tuple(stays.get(words, ())),
            )
            for words in hints
        ]
        return sorted(made, key=lambda m: (-len(m.who) - len(m.stays), m.misconception))

    def hardest(self) -> list[tuple[str, int, int]]:
        """The tasks of the last assignment: who has full marks, of how many, the fewest first."""
        full: Counter[str] = Counter()
        rows = [s.rows[self.last] for s in self.students if self.last in s.rows]
        for row in rows:
            full.update(row.full)
        hard = [(name, n, len(rows)) for name, n in full.items() if n < len(rows)]
        return sorted(hard, key=lambda task: (task[1], task[0]))


def read(folders: list[Path]) -> Term:
    """The term of these output folders, in the order of the assignments. Raises TermError."""
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise TermError("a folder is given twice.")
    maxima: dict[str, float] = {}
    students: list[Student] = []
    known: dict[tuple[str, str], Student] = {}
    for folder in folders:
        title, rows = _results(folder)
        if title in maxima:
            title = f"{title} ({folder})"
        maxima[title] = max((row.max_score for row in rows), default=0.0)
        people = [(row, *who) for row in rows for who in row.people]
        names = Counter(name for _, name, _ in people)
        for row, name, keys in people:
            keys = keys or {("name", name if names[name] == 1 else row.name)}
            student = _student(keys, name, known, folder)
            if title in student.rows:
                raise TermError(f"{folder / RESULTS} has {clean(name)} twice.")
            if not student.rows:
                students.append(student)
            student.rows[title] = row
    if not students:
        raise TermError("there is no submission in these folders.")
    return Term(maxima, sorted(students, key=lambda each: each.name.casefold()))


def text(term: Term) -> str:
    """The term for a terminal."""
    shown = term.students[:LISTED_STUDENTS]
    width = max(len(student.name) for student in shown)
    columns = {title: max(len(title), 11) for title in term.maxima}
    head = "  ".join(f"{title:>{size}}" for title, size in columns.items())
    lines = [f"  {'':<{width}}  {head}"]
    for student in shown:
        marks = "  ".join(f"{mark(student, t):>{size}}" for t, size in columns.items())
        lines.append(f"  {student.name:<{width}}  {marks}")
    if len(term.students) > len(shown):
        lines.append(f"  ... and {len(term.students) - len(shown)} more")
    stays = [
        f"  {name}: {clean(words, PARAGRAPH)} ({'; '.join(places)})"
        for name, words, places in term.stays()
    ]
    lines += ["", "  What stays:", *stays[:LISTED_STUDENTS]] if stays else []
    if repeat := term.mistakes()[:LISTED_MISTAKES]:
        lines += ["", f"  Worth repeating after {term.last}:"]
        lines += [f"  {told(mistake)}" for mistake in repeat]
    if hard := term.hardest()[:LISTED_MISTAKES]:
        shares = ", ".join(f"{name} {full} of {all_}" for name, full, all_ in hard)
        lines += ["", f"  Full marks in {term.last}: {shares}"]
    return "\n".join(lines)


def told(mistake: Mistake) -> str:
    again = f" ({len(mistake.stays)} not for the first time)" if mistake.stays else ""
    where = ", ".join(mistake.tasks)
    return f"{len(mistake.who)} x {where}{again}: {clean(mistake.misconception, PARAGRAPH)}"


def mark(student: Student, title: str) -> str:
    row = student.rows.get(title)
    return f"{row.score:g} / {row.max_score:g}" if row else "-"


def page(term: Term) -> str:
    """The term as a self-contained HTML page."""
    from checker.reports import templating

    body = templating.rendered("term.html", term=term, mark=mark, told=told)
    return templating.document("Term", body)


def _results(folder: Path) -> tuple[str, list[Row]]:
    try:
        found = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        return str(found["assignment"]), [_row(each) for each in found["submissions"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TermError(
            f"{folder} has no {RESULTS} that can be read: name the output folders of `check grade`."
        ) from error


def _row(found: dict[str, Any]) -> Row:
    tasks, name = found["tasks"], found["submission"]
    people = [
        (
            clean(person["name"] or person["id"]),
            {pair for pair in person["keys"].items() if pair[0] not in OF_ONE_ASSIGNMENT},
        )
        for person in found["people"]
    ]
    return Row(
        name,
        float(found["score"]),
        float(found["max_score"]),
        people or [(clean(name), set())],
        {task["name"]: int(task["score"] >= task["max_score"]) for task in tasks},
        [
            (task["name"], str(why["misconception"]), str(why["hint"]))
            for task in tasks
            if (why := task["diagnosis"])
        ],
    )


def _student(
    keys: set[tuple[str, str]], name: str, known: dict[tuple[str, str], Student], folder: Path
) -> Student:
    found = {id(known[key]): known[key] for key in keys if key in known}
    if len(found) > 1:
        both = " and ".join(sorted(student.name for student in found.values()))
        raise TermError(f"{folder / RESULTS}: {name} may be {both}.")
    student = next(iter(found.values()), None) or Student(name)
    known.update(dict.fromkeys(keys, student))
    return student
