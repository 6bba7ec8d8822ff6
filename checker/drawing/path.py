"""Where an optimiser leads on the toy surface of lecture 001.

A step is taken again and again, each time from rest. Who is asked for a whole path gets the
gradients that the right one meets.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.asking import Ask, number
from checker.assignment import Task
from checker.kinds import Form
from reference.descent import toy_surface
from reference.spec import Argument

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STEPS = 150
FAR = 1000.0
# What suits the toy surface, whose walls are steep.
RATES = {"sgd": 0.002, "momentum": 0.001, "nesterov": 0.001, "adagrad": 0.4, "rmsprop": 0.02}
RATES |= {"adam": 0.1, "adamax": 0.1, "adadelta": 1.0}


def draw(task: Task, spec: Any, form: Form, ask: Ask) -> "Figure":
    from reference.pictures import answered_paths

    settings = [
        RATES[task.operation]
        if argument.name == "learning_rate" and task.operation in RATES
        else usual(argument)
        for argument in spec.arguments
        if argument.tried
    ]

    def yours(arguments: list[Any]) -> Any:
        results = ask(task.function, 1, [arguments])[0]
        return number(results[0] if results else None)

    def right(arguments: list[Any]) -> Any:
        return form.answers(arguments)[0].low.value

    if task.asks == "step":
        return answered_paths(_walk(right, settings), _walk(yours, settings), task.function)
    given = [np.array(toy_surface.START), _slopes(spec, settings), *settings]
    return answered_paths(_path(right(given)), _path(yours(given)), task.function)


def usual(setting: Argument) -> Any:
    return setting.default if isinstance(setting.default, int | float) else setting.tried[0]


def _walk(step: Callable[[list[Any]], Any], settings: list[Any]) -> Any:
    """The points, as long as there is one to go on from."""
    path = [np.array(toy_surface.START)]
    for _ in range(STEPS):
        point = step([path[-1], toy_surface.gradient(path[-1]), *settings])
        if point.shape != (2,) or not (np.abs(point) < FAR).all():
            break
        path.append(point)
    return np.array(path)


def _slopes(spec: Any, settings: list[Any]) -> Any:
    names = [argument.name for argument in spec.arguments if argument.tried]
    named = dict(zip(names, settings, strict=True))
    point, slopes = np.array(toy_surface.START), []
    state = spec.init(point)
    for _ in range(STEPS):
        slopes.append(toy_surface.gradient(point))
        point, state = spec.update(slopes[-1], state, point, **named)
    return np.stack(slopes)


def _path(points: Any) -> Any:
    """From the start; nothing more where there are no points."""
    fits = points.ndim == 2 and points.shape[1] == 2
    return np.vstack([toy_surface.START, points[:STEPS] if fits else np.zeros((0, 2))])
