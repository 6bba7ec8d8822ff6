"""The history of the marks: every change, with when, before, after and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.classroom.class_list import ClassRow
from checker.grading.report import Report
from checker.sandbox.plain_text import clean


@dataclass(frozen=True)
class Change:
    """A change of one mark. `before` is None for the first mark, `after` if the student has left.

    `when` is a time in UTC, or empty if it has not been made.
    """

    name: str
    before: float | None
    after: float | None
    why: str
    when: str = ""

    def __str__(self) -> str:
        before = "-" if self.before is None else f"{self.before:g}"
        after = "-" if self.after is None else f"{self.after:g}"
        when = f"{self.when}  " if self.when else ""
        return f"{when}{clean(self.name)}: {before} -> {after} ({self.why})"


def between(kept: dict[str, Report], rows: list[ClassRow]) -> list[Change]:
    """What these rows change in the marks that are kept."""
    found = []
    for row in rows:
        if row.fault:
            continue  # the grader failed, so this is no mark
        old, new = kept.get(row.submission.name), row.report
        if old is None:
            found.append(Change(row.submission.name, None, new.score, "first mark"))
        elif why := "; ".join(reasons(old, new)):
            found.append(Change(row.submission.name, old.score, new.score, why))
    names = {row.submission.name for row in rows}
    gone = sorted(kept.keys() - names)
    return found + [Change(name, kept[name].score, None, "not in the class") for name in gone]


def compared(rows: list[ClassRow], kept: dict[str, Report]) -> list[ClassRow]:
    """The rows, compared with the marks that are kept where something has changed."""
    return [
        replace(row, before=kept.get(row.submission.name, row.before)) if row.before else row
        for row in rows
    ]


def previewed(changes: list[Change]) -> list[str]:
    """What would change, in words for the teacher."""
    marks = "1 mark" if len(changes) == 1 else f"{len(changes)} marks"
    return ["", f"  {marks} would change. Nothing was written.", *(f"  {c}" for c in changes)]


def reasons(old: Report, new: Report) -> Iterator[str]:
    """What has other points now, and why."""
    before = {task.name: task for task in old.tasks}
    for task in new.tasks:
        was = before.pop(task.name, None)
        if was is None:
            yield f"{task.name} is new: {task.score:g}"
        elif (was.score, was.max_score) != (task.score, task.max_score):
            points = f"{task.name} {was.score:g} -> {task.score:g}"
            if was.verdict != task.verdict:
                yield f"{points}: was {was.verdict}, is {task.verdict}"
            else:
                yield f"{points}: {task.reason or was.reason or 'other points'}"
    yield from (f"{name} is no task now: {was.score:g}" for name, was in before.items())
    steps = {step["name"]: step for step in old.steps}
    for step in new.steps:
        done = steps.pop(step["name"], None)
        if done is None or done["points"] != step["points"]:
            points = f"{done['points'] if done else 0:g} -> {step['points']:g}"
            yield f"{step['name']} {points}: {step['why']}"
    yield from (f"{name} {step['points']:g} -> 0" for name, step in steps.items())
