"""Find a task by its name. The assignment is only needed if several have such a task."""

from pathlib import Path

from checker.course import assignment as assignments
from checker.course.assignment import Assignment, Task
from checker.student import names, progress


def find(words: tuple[str, ...], folder: Path) -> tuple[Assignment, Task]:
    """The task that the words (TASK) or (ASSIGNMENT, TASK) name, or the task with this operation.

    If several assignments have such a task, the one that was started in this folder is taken.
    Raises LookupError if there is no such task, or if it is not clear which is meant.
    """
    *where, name = words
    if len(where) > 1:
        raise LookupError("write at most two words: the assignment and the task.")
    course = [assignments.find(names.assignment(w) or w) for w in where or assignments.names()]
    matches = _matches(name, course)
    if len({assignment.name for assignment, _ in matches}) > 1:
        known = progress.load(folder).tasks
        started = {a.name for a, _ in matches if names.is_started(a.name, folder)} | known.keys()
        matches = [pair for pair in matches if pair[0].name in started] or matches
    if len(matches) > 1:
        raise LookupError(_several(name, matches))
    if not matches:
        raise LookupError(_unknown(name, course))
    return matches[0]


def _matches(name: str, course: list[Assignment]) -> list[tuple[Assignment, Task]]:
    """The tasks with exactly this name, else with a like one, else with this function to write.

    Else those with this operation.
    """
    tasks = [(assignment, task) for assignment in course for task in assignment.tasks]
    exact = [pair for pair in tasks if pair[1].function == name]
    like = exact or [pair for pair in tasks if names.plain(pair[1].function) == names.plain(name)]
    like = like or [pair for pair in tasks if name in pair[1].names]
    if like or names.is_file(name) or names.assignment(name):
        return like
    operation = names.operation(name)
    return [pair for pair in tasks if pair[1].operation == operation]


def _several(name: str, matches: list[tuple[Assignment, Task]]) -> str:
    where = list(dict.fromkeys(assignment.name for assignment, _ in matches))
    if len(where) > 1:
        first = f"{where[0]} {matches[0][1].function}"
        return f"{name} is a task of {' and of '.join(where)}: write {first}."
    functions = " or ".join(task.function for _, task in matches)
    return f"several tasks of {where[0]} are about {name}: write {functions}."


def _unknown(name: str, course: list[Assignment]) -> str:
    assignment = names.assignment(name)
    if assignment:
        tasks = ", ".join(task.function for task in assignments.find(assignment).tasks)
        return f"{assignment} is an assignment. Name one of its tasks: {tasks}."
    known = [task.function for each in course for task in each.tasks]
    where = f" in {course[0].name}" if len(course) == 1 else ""
    message = f"there is no task {name!r}{where}."
    if operation := names.operation(name):
        return f"{message} `check explain {operation}` explains the operation."
    others = f"Its tasks: {', '.join(known)}." if len(course) == 1 else "`check` lists assignments."
    return f"{message}{names.near(name, [*known, *assignments.names()]) or f' {others}'}"
