"""The path of an optimiser on the toy surface of lecture 001.

A function that takes one step is called repeatedly, each time with the initial state. A function
that returns a whole path is given the gradients along the right path.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.cases.forms import Form
from checker.course.assignment import Task
from checker.student.calls import Call, number
from reference.descent import toy_surface
from reference.spec import Argument

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PATH_STEPS = 150
FARTHEST = 1000.0  # coordinate at which a path ends
# Learning rates that suit the toy surface, which has steep walls.
LEARNING_RATES = {"sgd": 0.002, "momentum": 0.001, "nesterov": 0.001, "adagrad": 0.4}
LEARNING_RATES |= {"rmsprop": 0.02, "adam": 0.1, "adamax": 0.1, "adadelta": 1.0}


def draw(task: Task, spec: Any, form: Form, ask: Call) -> "Figure":
    from reference.pictures import answered_paths

    settings = [
        LEARNING_RATES[task.operation]
        if argument.name == "learning_rate" and task.operation in LEARNING_RATES
        else usual(argument)
        for argument in spec.arguments
        if argument.tried
    ]

    def yours(arguments: list[Any]) -> Any:
        results = ask(task.function, 1, [arguments])[0]
        return number(results[0] if results else None)

    def right(arguments: list[Any]) -> Any:
        return form.answers(arguments)[0].low

    if form.steps == "one":
        return answered_paths(_walk(right, settings), _walk(yours, settings), task.function)
    arguments = [np.array(toy_surface.START), _gradients(spec, settings), *settings]
    return answered_paths(_path(right(arguments)), _path(yours(arguments)), task.function)


def usual(setting: Argument) -> Any:
    """The default of a setting if it is a number, else the first value to try."""
    return setting.default if isinstance(setting.default, int | float) else setting.tried[0]


def _walk(step: Callable[[list[Any]], Any], settings: list[Any]) -> Any:
    """The points of repeated steps, up to the first that is not a point or is too far away."""
    path = [np.array(toy_surface.START)]
    for _ in range(PATH_STEPS):
        point = step([path[-1], toy_surface.gradient(path[-1]), *settings])
        if point.shape != (2,) or not (np.abs(point) < FARTHEST).all():
            break
        path.append(point)
    return np.array(path)


def _gradients(spec: Any, settings: list[Any]) -> Any:
    """The gradients along the right path."""
    names = [argument.name for argument in spec.arguments if argument.tried]
    named = dict(zip(names, settings, strict=True))
    point, gradients = np.array(toy_surface.START), []
    state = spec.init(point)
    for _ in range(PATH_STEPS):
        gradients.append(toy_surface.gradient(point))
        point, state = spec.update(gradients[-1], state, point, **named)
    return np.stack(gradients)


def _path(points: Any) -> Any:
    """The start and the points of a path; only the start if these have another shape."""
    fits = points.ndim == 2 and points.shape[1] == 2
    return np.vstack([toy_surface.START, points[:PATH_STEPS] if fits else np.zeros((0, 2))])
