"""The properties of an operation that a task can show: those without settings that it leaves out.

A task fixes the settings that it does not pass on. A property that names such a setting, or
compares two values of it, is true, but speaks of what the student has never heard of.
"""

import inspect
import re
from functools import partial
from typing import Any

import numpy as np

from checker.cases.case_set import Case
from checker.cases.forms import Form, configured, form
from checker.course.assignment import Task
from checker.handout.operation_page import explanation


class OtherSettingError(Exception):
    """A property asked for another value of a setting that the task fixes."""


def properties(task: Task, case: Case) -> list[str]:
    """Their sentences. Each property is tried on the arguments of a case of the task."""
    spec = configured(task)
    if not spec.properties:  # published: their sentences are left, without the code
        told = explanation(task.operation)["properties"]
        return [words for words in told if spec.fixed.keys().isdisjoint(_words(words))]
    asked = form(spec, task.asks)
    values = case.arguments[asked.upstream :]
    asked = form(spec, "forward") if asked.backward else asked
    return [
        _sentence(prop)
        for prop in spec.properties
        if not _named(prop, spec.fixed) and _keeps(prop, spec.fixed, asked, values)
    ]


def _named(prop: Any, fixed: dict[str, Any]) -> bool:
    """Whether a property uses a fixed setting, and its sentence has a word for it."""
    code = inspect.unwrap(prop).__code__
    constants = {each for each in code.co_consts if isinstance(each, str)}
    used = {*code.co_varnames, *code.co_names, *constants} & fixed.keys()
    return not used.isdisjoint(_words(_sentence(prop)))


def _keeps(prop: Any, fixed: dict[str, Any], asked: Form, values: list[Any]) -> bool:
    """Whether a property asks for no other value of a fixed setting."""
    if asked.implementation is None:
        return True
    function = asked.implementation(partial(asked.call, asked.reference))

    def implementation(*data: Any, **settings: Any) -> Any:
        for name in settings.keys() & fixed.keys():
            if settings.pop(name) != fixed[name]:
                raise OtherSettingError(name)
        return function(*data, **settings)

    try:
        with np.errstate(all="ignore"):
            prop(implementation, *asked.property_inputs(values))
    except OtherSettingError:
        return False
    except Exception:  # a property may fail on other inputs than it was made for
        return True
    return True


def _words(sentence: str) -> list[str]:
    return re.findall(r"\w+", sentence)


def _sentence(prop: Any) -> str:
    return (inspect.getdoc(prop) or prop.__name__).partition("\n")[0]
