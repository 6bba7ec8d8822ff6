"""What a student's function gives, drawn over what is right.

a step of an optimiser        its path on the toy surface of lecture 001
a forward of points (n, d)    where it passes zero, or one half, in the plane
anything else                 each result, along one number of the smallest input
"""

from typing import TYPE_CHECKING

from checker import kinds
from checker.asking import Ask
from checker.assignment import Assignment, Task
from checker.bank import TaskBank
from checker.drawing import border, curves, path

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def picture(
    found: Assignment, task: Task, banks: dict[str, TaskBank], there: set[str], ask: Ask
) -> "Figure":
    """Of this task; an activation is shown with its derivative, where the file has both.

    Raises LookupError where there is nothing to draw.
    """
    spec = kinds.asked(task)
    form = kinds.form(spec, task.asks)
    if spec.kind == "optimiser":
        return path.draw(task, spec, form, ask)
    if border.fits(spec, form):
        return border.draw(task, spec, form, ask)
    together = [task]
    if spec.arguments and spec.arguments[0].axes == ("...",):
        together = [t for t in found.tasks if t.operation == task.operation and t.function in there]
    return curves.draw(task.function, together, banks, ask)
