"""Find a task by its name. The assignment is only needed if several have such a task."""

import difflib
from pathlib import Path

from checker.course import assignment as assignments
from checker.course.assignment import Assignment, Task
from checker.student import progress


def find(words: tuple[str, ...], folder: Path) -> tuple[Assignment, Task]:
    """The task that the words (TASK) or (ASSIGNMENT, TASK) name.

    If several assignments have such a task, the one that was started in this folder is taken.
    Raises LookupError if there is no such task, or if it is not clear which is meant.
    """
    *where, name = words
    if len(where) > 1:
        raise LookupError("write at most two words: the assignment and the task.")
    course = [assignments.find(word) for word in where or assignments.names()]
    matches = [(a, task) for a in course for task in a.tasks if task.function == name]
    if len(matches) > 1:
        known = progress.load(folder).tasks
        here = [match for match in matches if match[0].name in known or _started(match[0], folder)]
        matches = here or matches
    if len(matches) > 1:
        several = " and of ".join(assignment.name for assignment, _ in matches)
        raise LookupError(f"{name} is a task of {several}: write {matches[0][0].name} {name}.")
    if not matches:
        raise LookupError(_unknown(name, course))
    return matches[0]


def _started(assignment: Assignment, folder: Path) -> bool:
    return any((folder / f"{assignment.name}{suffix}").exists() for suffix in (".py", ".ipynb"))


def _unknown(name: str, course: list[Assignment]) -> str:
    for assignment in course:
        if assignment.name == name:
            tasks = ", ".join(task.function for task in assignment.tasks)
            return f"{name} is an assignment. Name one of its tasks: {tasks}."
    known = [task.function for assignment in course for task in assignment.tasks]
    near = difflib.get_close_matches(name, known, n=1)
    where = f" in {course[0].name}" if len(course) == 1 else ""
    hint = (
        f" Did you mean {near[0]!r}?"
        if near
        else " `check NAME` lists the tasks of assignment NAME."
    )
    return f"there is no task {name!r}{where}.{hint}"
