"""What a student may read about an operation: its derivative only on request while it is asked for.

The progress of the folder remembers that the derivative was shown.
"""

from pathlib import Path
from typing import Any

from checker.cases.forms import task_form
from checker.course import assignment as assignments
from checker.course.assignment import Assignment, Task
from checker.handout.operation_page import explanation
from checker.student import names, progress, task_names
from checker.student.operation_text import tells_derivative, without_derivative
from reference import catalogue


def find(words: tuple[str, ...], folder: Path) -> str:
    """The operation with this name, or of this task. Raises LookupError if there is none."""
    *where, name = words
    if not where and name in catalogue.names():
        return name
    try:
        return task_names.find(words, folder)[1].operation
    except LookupError as error:
        functions = [task.function for _, task in _tasks()]
        if where or names.assignment(name) or name in functions:
            raise
        if operation := names.operation(name):
            return operation
        near = names.near(name, [*catalogue.names(), *assignments.names(), *functions])
        raise LookupError(f"there is no operation or task {name!r}.{near}") from error


def parts(operation: str, folder: Path, derivative: bool) -> tuple[dict[str, Any], str]:
    """The parts of the page, and a sentence on the derivative if it is kept back.

    With `derivative` it is not, and the progress of the folder notes that if the page has it: a
    published page has no formulas.
    """
    page, known = explanation(operation), progress.load(folder)
    tasks = [(a, t) for a, t in _tasks() if t.operation == operation]
    asking = [(a, t) for a, t in tasks if task_form(t).backward]
    if not asking or any(known.task(a.name, t.function).verdict == "right" for a, t in asking):
        return page, ""
    told = tells_derivative(page)
    if derivative:
        for assignment, task in [at for at in asking if at[0].name in known.tasks] or asking[:1]:
            if told:
                progress.derivative_shown(folder, assignment.name, task.function)
        return page, ""
    function = asking[0][1].function
    return without_derivative(page), (
        f"Its derivative is what {function} asks for. `check hint {function}` gives steps "
        f"towards it; `check explain {operation} --derivative` shows "
        f"{'it, with ' if told else ''}common mistakes."
    )


def _tasks() -> list[tuple[Assignment, Task]]:
    """Every task of the course, with its assignment."""
    course = map(assignments.find, assignments.names())
    return [(assignment, task) for assignment in course for task in assignment.tasks]
