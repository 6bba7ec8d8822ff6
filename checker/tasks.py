"""A task by its name. Nobody wants to say which assignment it belongs to, unless two have it."""

import difflib
from pathlib import Path

from checker import assignment as assignments
from checker import progress
from checker.assignment import Assignment, Task


def find(words: tuple[str, ...], folder: Path) -> tuple[Assignment, Task]:
    """The task that (TASK) or (ASSIGNMENT, TASK) means. Raises LookupError where it is not clear.

    Of several assignments with such a task, the one that was started in this folder is meant.
    """
    *where, name = words
    if len(where) > 1:
        raise LookupError("at most two words name a task: its assignment and itself.")
    course = [assignments.find(each) for each in where or assignments.names()]
    found = [(each, task) for each in course for task in each.tasks if task.function == name]
    if len(found) > 1:
        known = progress.load(folder).tasks
        here = [pair for pair in found if pair[0].name in known or _started(pair[0], folder)]
        found = here or found
    if len(found) > 1:
        several = " and of ".join(each.name for each, _ in found)
        raise LookupError(f"{name} is a task of {several}: write {found[0][0].name} {name}.")
    if not found:
        raise LookupError(_unknown(name, course))
    return found[0]


def _started(found: Assignment, folder: Path) -> bool:
    return any((folder / f"{found.name}{suffix}").exists() for suffix in (".py", ".ipynb"))


def _unknown(name: str, course: list[Assignment]) -> str:
    for each in course:
        if each.name == name:
            tasks = ", ".join(task.function for task in each.tasks)
            return f"{name} is an assignment. Name one of its tasks: {tasks}."
    known = [task.function for each in course for task in each.tasks]
    near = difflib.get_close_matches(name, known, n=1)
    where = f" in {course[0].name}" if len(course) == 1 else ""
    hint = f" Did you mean {near[0]!r}?" if near else " `check NAME` lists those of an assignment."
    return f"there is no task {name!r}{where}.{hint}"
