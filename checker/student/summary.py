"""What was solved in this folder and when, what is open, and what is next, over the course."""

from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from checker.course.assignment import Assignment, Task
from checker.reports.screen import wrapped
from checker.student import names, progress
from checker.student.progress import TIME, Progress

EARLIER = "earlier"  # solved before the progress had dates


def page(course: list[Assignment], folder: Path, width: int) -> str:
    """The summary, for a terminal."""
    known = progress.load(folder)
    begun = [a for a in course if known.earned(a) is not None]
    solved = sum(_is_solved(known, a, task) for a in course for task in a.tasks)
    points = sum(known.earned(a) or 0.0 for a in course)
    total, tasks = sum(a.maximum for a in course), sum(len(a.tasks) for a in course)
    lines = [f"{points:g} of {total:g} points, {solved} of {tasks} tasks solved in this folder."]
    for assignment in begun:
        lines += ["", *_assignment(known, assignment, width)]
    if others := [a.name for a in course if a not in begun]:
        lines += ["", *wrapped(f"Not checked yet: {', '.join(others)}", width, others="  ")]
    return "\n".join([*lines, "", *wrapped(_next(known, course, folder), width)])


def _assignment(known: Progress, assignment: Assignment, width: int) -> list[str]:
    """The tasks of an assignment by the day on which they were solved, and the open ones."""
    earned = known.earned(assignment) or 0.0
    lines = [f"{assignment.name}: {assignment.title}, {earned:g} of {assignment.maximum:g} points"]
    solved = [task for task in assignment.tasks if _is_solved(known, assignment, task)]
    days = {task.function: _day(known, assignment, task) for task in solved}
    rows = [
        (day, [task.function for task in group])
        for day, group in groupby(
            sorted(solved, key=lambda task: days[task.function]), lambda task: days[task.function]
        )
    ]
    open_ones = [task.function for task in assignment.tasks if task not in solved]
    if open_ones:
        rows.append(("open", open_ones if solved else [f"all {len(open_ones)} tasks"]))
    for day, functions in rows:
        lines += wrapped(", ".join(functions), width, f"  {day:<10}  ", " " * 14)
    return lines


def _is_solved(known: Progress, assignment: Assignment, task: Task) -> bool:
    return known.task(assignment.name, task.function).score >= task.points


def _day(known: Progress, assignment: Assignment, task: Task) -> str:
    """The day on which a task was solved, where the student is."""
    try:
        solved = datetime.strptime(known.task(assignment.name, task.function).solved, TIME)
    except ValueError:
        return EARLIER
    return solved.replace(tzinfo=UTC).astimezone().strftime("%Y-%m-%d")


def _next(known: Progress, course: list[Assignment], folder: Path) -> str:
    """The first open task of an assignment that was begun, or the first assignment that was not."""
    unfinished = [a for a in course if not known.finished(a)]
    for assignment in sorted(unfinished, key=lambda a: known.earned(a) is None):
        if known.earned(assignment) is None:
            return f"Next: {assignment.title}, `{names.beginning(assignment.name, folder)}`"
        for task in assignment.counted(assignment.tasks):
            if not _is_solved(known, assignment, task):
                command = f"check hint {assignment.name} {task.function}"
                return f"Next: {task.function} of {assignment.name}. `{command}` helps."
    return "Everything is solved."
