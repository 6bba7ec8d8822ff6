"""An overview of the course: every assignment, and the progress in this folder."""

from pathlib import Path

import click

from checker.course.assignment import Assignment
from checker.student import progress


def page(course: list[Assignment], folder: Path) -> str:
    known = progress.load(folder)
    about = [f"  {a.name:<14} {a.title}: {len(a.tasks)} tasks, {a.points:g} points" for a in course]
    width = max(map(len, about), default=0)
    lines = ["Assignments, in the order of the course:", ""]
    for words, assignment in zip(about, course, strict=True):
        lines.append(f"{words:<{width}}  {_shown(known, assignment)}".rstrip())
    return "\n".join(
        [*lines, "", "`check start NAME` puts one in this folder, `check NAME` grades it."]
    )


def _shown(known: progress.Progress, assignment: Assignment) -> str:
    earned = known.earned(assignment)
    if earned is None:
        return ""
    colour = "green" if earned == assignment.points else "yellow"
    return f"{click.style(progress.bar(earned, assignment.points), fg=colour)}  {earned:g} earned"
