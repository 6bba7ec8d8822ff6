"""The decision boundary of a function of points in the plane.

The function is zero there, or one half if its values lie between 0 and 1.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from checker.cases.forms import Form
from checker.course.assignment import Task
from checker.numerics import inputs
from checker.student.calls import Call, number
from checker.student.figures.path import usual
from reference.spec import Below

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLANE_LIMIT = 4.0
GRID_SIDE = 160
HIDDEN_UNITS = 3  # of a hidden layer, if there is one
MOST_SEEDS = 20


def fits(spec: Any, form: Form) -> bool:
    """Whether an operation maps points to one result each, by weights for their coordinates."""
    data = [argument for argument in spec.arguments if not argument.tried]
    if form.backward or len(form.results) != 1 or len(data) < 2 or len(data[0].axes) != 2:
        return False
    (rows, coordinates), result = data[0].axes, form.results[0].axes
    return (
        result[:1] == (rows,)
        and coordinates not in (*result, "...")
        and not coordinates.isdigit()
        and any(coordinates in other.axes for other in data[1:])
        and not any(isinstance(mark, Below) for other in data for mark in other.marks)
    )


def draw(task: Task, spec: Any, form: Form, ask: Call) -> "Figure":
    from reference.pictures import answered_borders

    across, up = np.meshgrid(*[np.linspace(-PLANE_LIMIT, PLANE_LIMIT, GRID_SIDE)] * 2)
    places = np.stack([across.ravel(), up.ravel()], axis=1)
    values, right, level = _input(spec, form, places)
    results = ask(task.function, 1, [values])[0]
    got = number(results[0] if results else None)
    answer = _column(got, places) if got.shape[:1] == right.shape else np.full(right.shape, np.nan)
    both = right.reshape(across.shape), answer.reshape(across.shape)
    return answered_borders(across, up, *both, level, task.function)


def _input(spec: Any, form: Form, places: Any) -> tuple[list[Any], Any, float]:
    """An input with a boundary that crosses the picture.

    Returns the arguments, the right results, and their value on the boundary.
    """
    points, *others = spec.arguments
    names = {axis for other in others for axis in other.axes} - set(points.axes)
    outputs = form.results[0].axes
    sizes = {name: (int(name),) if name.isdigit() else (HIDDEN_UNITS,) for name in names}
    sizes |= dict.fromkeys(names & set(outputs), (1,))
    sizes |= dict(zip(points.axes, ((length,) for length in places.shape), strict=True))
    for seed in range(MOST_SEEDS):
        rng = np.random.default_rng(seed)
        case = {
            a.name: usual(a) if a.tried else inputs.fill(a, sizes, {}, rng, 1.0) for a in others
        }
        values = form.values({points.name: places, **case})
        right = _column(form.answers(values)[0].low, places)
        level = 0.5 if right.min() >= 0 and right.max() <= 1 else 0.0
        if 0.2 < (right > level).mean() < 0.8:
            break
    return values, right, level


def _column(values: Any, places: Any) -> Any:
    return values.reshape(len(places), -1)[:, 0]
