"""Every question that a course can ask about an operation whose mistakes are known."""

from collections.abc import Iterator
from importlib import import_module

import numpy as np

from checker.assignment import Task
from checker.mistakes import entries
from reference.catalogue import names, operation
from reference.spec import Optimiser

# Settings that a course fixes; what else there is, a student's function takes.
FIXED = {
    *("reduction", "layout", "scale", "accept", "last"),
    *("epsilon_mode", "initial_accumulator", "bias_correction", "weight_decay", "decoupled"),
    *("centred", "lr_inside", "first_step", "form", "variant", "way"),
}


def questions() -> Iterator[Task]:
    """A task for each form of each such operation; a gradient only of what is one number."""
    for name in names():
        if not entries(name):
            continue
        spec = operation(name)
        tried = {a.name: a.tried for a in spec.arguments if a.tried and a.name not in FIXED}
        settings = tuple(setting for setting, values in tried.items() if not callable(values[0]))
        for asks in import_module(f"checker.kinds.{spec.kind}").FORMS:
            if asks == "step" and isinstance(spec, Optimiser) and spec.init(np.zeros(1)):
                continue  # what is remembered shows from the second step on: a path asks for it
            if asks != "gradient" or [each.axes for each in getattr(spec, "outputs", ())] == [()]:
                yield Task(name, name, asks, 1, arguments=settings)
