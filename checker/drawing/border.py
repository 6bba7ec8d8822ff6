"""Where a function of points in the plane passes zero, or one half where it gives shares."""

from typing import TYPE_CHECKING, Any

import numpy as np

from checker import inputs
from checker.asking import Ask, number
from checker.assignment import Task
from checker.drawing.path import usual
from checker.kinds import Form
from reference.spec import Below

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REACH = 4.0
PLACES = 160
HIDDEN = 3  # units, where there is a layer between
SEEDS = 20


def fits(spec: Any, form: Form) -> bool:
    """One result for each of some points, whose coordinates meet weights."""
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


def draw(task: Task, spec: Any, form: Form, ask: Ask) -> "Figure":
    from reference.pictures import answered_borders

    across, up = np.meshgrid(*[np.linspace(-REACH, REACH, PLACES)] * 2)
    places = np.stack([across.ravel(), up.ravel()], axis=1)
    values, right, level = _case(spec, form, places)
    results = ask(task.function, 1, [values])[0]
    got = number(results[0] if results else None)
    answer = _column(got, places) if got.shape[:1] == right.shape else np.full(right.shape, np.nan)
    both = right.reshape(across.shape), answer.reshape(across.shape)
    return answered_borders(across, up, *both, level, task.function)


def _case(spec: Any, form: Form, places: Any) -> tuple[list[Any], Any, float]:
    """Weights whose border goes through the picture: the arguments, what is right, the level."""
    points, *others = spec.arguments
    names = {axis for other in others for axis in other.axes} - set(points.axes)
    outputs = form.results[0].axes
    sizes = {name: (int(name),) if name.isdigit() else (HIDDEN,) for name in names}
    sizes |= dict.fromkeys(names & set(outputs), (1,))
    sizes |= dict(zip(points.axes, ((length,) for length in places.shape), strict=True))
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        case = {a.name: usual(a) if a.tried else inputs.fill(a, sizes, rng, 1.0) for a in others}
        values = form.values({points.name: places, **case})
        right = _column(form.answers(values)[0].low.value, places)
        level = 0.5 if right.min() >= 0 and right.max() <= 1 else 0.0
        if 0.2 < (right > level).mean() < 0.8:
            break
    return values, right, level


def _column(values: Any, places: Any) -> Any:
    return values.reshape(len(places), -1)[:, 0]
