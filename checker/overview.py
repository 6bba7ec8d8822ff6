"""The course at a glance: every assignment, and how far this folder has come with it."""

from pathlib import Path

import click

from checker import progress
from checker.assignment import Assignment


def page(course: list[Assignment], folder: Path) -> str:
    known = progress.load(folder)
    about = [
        f"  {each.name:<14} {each.title}: {len(each.tasks)} tasks, {each.points:g} points"
        for each in course
    ]
    width = max(map(len, about), default=0)
    lines = ["Assignments, in the order of the course:", ""]
    for words, each in zip(about, course, strict=True):
        lines.append(f"{words:<{width}}  {_shown(known, each)}".rstrip())
    return "\n".join(
        [*lines, "", "`check start NAME` puts one in this folder, `check NAME` grades it."]
    )


def _shown(known: progress.Progress, each: Assignment) -> str:
    earned = known.earned(each)
    if earned is None:
        return ""
    colour = "green" if earned == each.points else "yellow"
    return f"{click.style(progress.bar(earned, each.points), fg=colour)}  {earned:g} earned"
