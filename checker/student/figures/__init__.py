"""Pictures of the results of a student's function over the right ones.

a step of an optimiser        its path on the toy surface of lecture 001
a forward of points (n, d)    its decision boundary in the plane
an experiment                 the curves that it shows, or the border that it draws
anything else                 each result as a curve, while one number of a small input varies
"""

from typing import TYPE_CHECKING

from checker.cases import forms
from checker.cases.case_set import CaseSet
from checker.course.assignment import Assignment, Task
from checker.grading.submission import Submission
from checker.student.calls import Call, CannotCallError, asking
from checker.student.figures import border, curves, experiment, path
from checker.student.progress_bar import case_sets as cases_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def of_submission(assignment: Assignment, task: Task, submission: Submission) -> "Figure":
    """The picture of a task in a submission.

    Raises CannotCallError if it has no such function, and LookupError if there is nothing to draw.
    """
    case_sets = cases_of(assignment)
    with asking(assignment, submission, case_sets) as (finished, ask):
        if task.function not in finished:
            raise CannotCallError(f"{submission.filename} has no {task.function} yet.")
        return picture(assignment, task, case_sets, finished, ask)


def picture(
    assignment: Assignment, task: Task, case_sets: dict[str, CaseSet], finished: set[str], ask: Call
) -> "Figure":
    """The picture of a task. An activation is shown with its derivative if the file has both.

    Raises LookupError if there is nothing to draw.
    """
    spec = forms.configured(task)
    form = forms.form(spec, task.asks)
    if form.open:
        return experiment.draw(task, form, case_sets[task.function].cases[0].arguments, ask)
    if form.steps:
        return path.draw(task, spec, form, ask)
    if border.fits(spec, form):
        return border.draw(task, spec, form, ask)
    tasks = [task]
    if spec.arguments and spec.arguments[0].axes == ("...",):
        tasks = [
            t for t in assignment.tasks if t.operation == task.operation and t.function in finished
        ]
    return curves.draw(task.function, tasks, case_sets, ask)
