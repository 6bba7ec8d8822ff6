"""The solution of a task, for a student who has solved it, where the assignment allows that."""

from pathlib import Path

from checker.cases.forms import task_form
from checker.course.assignment import Assignment, Task
from checker.handout import solution
from checker.handout.operation_page import explanation
from checker.student import explanations, operation_text, progress, task_names

LISTS = ("properties", "conventions", "mistakes", "unstable", "generic")


class NotShownError(Exception):
    """The solution is not shown. The message says why."""


def page(words: tuple[str, ...], folder: Path, width: int) -> str:
    """The formula of a task, why it has this form, and code.

    Raises NotShownError if it is not allowed or not earned, and LookupError for an unknown task.
    """
    assignment, task = task_names.find(words, folder)
    _require(assignment, task, progress.load(folder))
    way, code = solution.code(task, assignment.own_solution)
    if task_form(task).backward:
        about = explanation(task.operation)
    else:  # another task may ask for the derivative
        about, _ = explanations.parts(task.operation, folder, derivative=False)
    about = about | {"arguments": {}} | {name: [] for name in LISTS}
    return f"{operation_text.text(about, width)}\n\nA right way to write it, {way}:\n\n{code}"


def _require(assignment: Assignment, task: Task, known: progress.Progress) -> None:
    """Raise NotShownError unless the solution of a task may be shown."""
    if assignment.solution == "never":
        raise NotShownError(f"The solutions of {assignment.name} are not shown.")
    if known.task(assignment.name, task.function).score < task.points:
        raise NotShownError(
            f"The solution of {task.function} is shown once `check {assignment.name}` gives it "
            "full marks."
        )
