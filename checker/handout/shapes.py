"""The shape of an argument or a result in words."""

from checker.cases.forms import Part, task_form
from checker.course.assignment import Task


def free_axes(task: Task) -> int | None:
    """How many axes "..." stands for, where the task says it of an argument."""
    ranks = dict(task.ranks)
    parts = [part for part in task_form(task).arguments if "..." in part.axes]
    return next((ranks[p.name] - len(p.axes) + 1 for p in parts if p.name in ranks), None)


def shape(part: Part, free: int | None) -> str:
    """The shape, or the type of what has no axes."""
    if "..." in part.axes and free is not None:
        count = free + len(part.axes) - 1
        return "1 axis" if count == 1 else f"{count} axes"
    if part.axes == ("...",):
        return "any shape"
    if not part.axes:
        return part.single
    return f"({', '.join(part.axes)}{',' if len(part.axes) == 1 else ''})"
