"""Pictures of the results of a student's function over the right ones.

a step of an optimiser        its path on the toy surface of lecture 001
a forward of points (n, d)    its decision boundary in the plane
anything else                 each result as a curve, while one number of a small input varies
"""

from typing import TYPE_CHECKING

from checker.cases import forms
from checker.cases.case_set import CaseSet
from checker.course.assignment import Assignment, Task
from checker.student.calls import Call
from checker.student.figures import border, curves, path

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def picture(
    assignment: Assignment, task: Task, case_sets: dict[str, CaseSet], finished: set[str], ask: Call
) -> "Figure":
    """The picture of a task. An activation is shown with its derivative if the file has both.

    Raises LookupError if there is nothing to draw.
    """
    spec = forms.configured(task)
    form = forms.form(spec, task.asks)
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
