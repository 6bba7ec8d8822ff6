"""What an experiment shows, beside what the reference shows on the same data.

These are curves, such as a loss by epochs, which may be of different lengths. A classifier of
points in the plane is asked for a grid of points instead of the new ones, and the picture is the
border of class 0.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from checker.cases.forms import Form, configured
from checker.cases.forms.experiment import named
from checker.course.assignment import Task
from checker.numerics.equations import parts
from checker.student.calls import Call, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GRID_SIDE = 100
MARGIN = 0.1  # of the width of the points


def draw(task: Task, form: Form, values: list[Any], ask: Call) -> "Figure":
    """The picture for the data of a case."""
    spec = configured(task)
    given = values[: len(form.arguments)]
    if spec.curves is None:
        return _border(task, form, given, ask)
    from reference.pictures import answered_curves

    data = named(spec, values)
    right = _curves(spec, parts(_right(form, given)), data)
    replies = ask(task.function, len(spec.outputs), [given])[0]
    yours = _curves(spec, list(map(number, replies or [])), data)
    longest = max(map(len, [*right.values(), *yours.values()]))
    panels = {
        name: (_long(line, longest), _long(yours.get(name, ()), longest))
        for name, line in right.items()
    }
    return answered_curves(np.arange(longest), panels, spec.along, task.function)


def _right(form: Form, given: list[Any]) -> Any:
    names = [argument.name for argument in form.arguments]
    return form.reference(**dict(zip(names, given, strict=True)))


def _curves(spec: Any, results: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The curves of these results; none if the results cannot be measured."""
    try:
        with np.errstate(all="ignore"):
            found: dict[str, Any] = spec.curves(*results, **data)
    except (TypeError, ValueError, IndexError):
        return {}
    return {name: line for name, line in found.items() if np.ndim(line) == 1}


def _long(line: Any, length: int) -> Any:
    """The curve with nan behind its end."""
    return np.append(line, np.full(length - len(line), np.nan))


def _border(task: Task, form: Form, given: list[Any], ask: Call) -> "Figure":
    from reference.pictures import answered_borders

    at = [argument.name for argument in form.arguments].index("new")
    low, high = given[at].min(axis=0), given[at].max(axis=0)
    room = MARGIN * (high - low)
    sides = [np.linspace(*ends, GRID_SIDE) for ends in zip(low - room, high + room, strict=True)]
    across, up = np.meshgrid(*sides)
    given[at] = np.stack([across.ravel(), up.ravel()], axis=1)
    replies = ask(task.function, 1, [given])[0]
    right = _lead(_right(form, given), across.shape)
    answer = _lead(number(replies[0] if replies else None), across.shape)
    return answered_borders(across, up, right, answer, 0.0, f"{task.function}: class 0")


def _lead(scores: Any, shape: tuple[int, ...]) -> Any:
    """By how much the score of class 0 is above the best other one."""
    if np.ndim(scores) != 2 or len(scores) != np.prod(shape) or np.shape(scores)[1] < 2:
        return np.full(shape, np.nan)
    return (scores[:, 0] - scores[:, 1:].max(axis=1)).reshape(shape)
