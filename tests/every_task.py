"""Every question that can be asked about every operation, with its bank made once."""

from functools import cache
from importlib import import_module

from checker import bank, kinds
from checker.assignment import Task
from reference.catalogue import names, operation


def tasks():
    """A task for each form of each operation; a gradient only where the result is one number."""
    for name in names():
        spec = operation(name)
        try:
            forms = import_module(f"checker.kinds.{spec.kind}").FORMS
        except ModuleNotFoundError:
            continue  # nobody can ask for this kind yet
        for asks in forms:
            if asks != "gradient" or [output.axes for output in spec.outputs] == [()]:
                yield Task(name, name, asks, 1)


TASKS = list(tasks())
IDS = [f"{task.operation}-{task.asks}" for task in TASKS]


@cache
def bank_of(task):
    return bank.make(task)


def form_of(task):
    return kinds.form(kinds.asked(task), task.asks)
