"""Every question that can be asked about every operation, with its bank made once."""

from functools import cache
from importlib import import_module
from pathlib import Path

from checker import bank, kinds, mistakes
from checker.assignment import Task
from reference.catalogue import names, operation

LIBRARY = Path(mistakes.__file__).parent
# Settings that a course fixes; what else there is, a student's function takes.
FIXED = {"reduction", "layout", "scale"}


def tasks():
    """A task for each form of each operation of the library of mistakes.

    A gradient is asked for only where the result is one number.
    """
    for name, module in names().items():
        family = module.split(".")[1]
        if not (LIBRARY / family / f"{name}.py").exists():
            continue
        spec = operation(name)
        settings = tuple(a.name for a in spec.arguments if a.tried and a.name not in FIXED)
        for asks in import_module(f"checker.kinds.{spec.kind}").FORMS:
            task = Task(name, name, asks, 1, arguments=settings)
            if asks != "gradient" or [o.axes for o in spec.outputs] == [()]:
                yield task


TASKS = list(tasks())
IDS = [f"{task.operation}-{task.asks}" for task in TASKS]


@cache
def bank_of(task):
    return bank.make(task)


def form_of(task):
    return kinds.form(kinds.asked(task), task.asks)
