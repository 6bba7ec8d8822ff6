"""The declaration of an operation without its code, as students get it.

It has the names, shapes and marks of all arguments and results, and what the page of the operation
says, apart from formulas. Nothing of the source is copied: what is written here is read off the
objects. A function in its place raises KeptError. Only tests that judge what is random are there,
as an `excerpt`.
"""

import inspect
import pprint
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from checker.handout import excerpt
from checker.handout.operation_page import explanation
from reference.catalogue import module, operation

SIGNED = ("run", "forward", "update")  # the function that declares the arguments
MAKES = ("data",)  # with an annotation of what it returns
UNSIGNED = ("backward", "init")
FACTS = ("noise", "rejects_invalid", "closure", "shuffles")
HEAD = """{title}

from math import inf, nan
from typing import Annotated, Any

import numpy as np

from reference.spec import *  # the marks of arguments
from reference.spec import kept
"""


def declaration(name: str, judged: bool = False) -> str:
    """A module of Python that declares an operation, with its tests if they judge its results."""
    spec = operation(name)
    about = explanation(name) | {"text": ""}
    title, *_ = (inspect.getdoc(module(name)) or name).splitlines()
    facts = [f"    {fact}={getattr(spec, fact)!r},\n" for fact in FACTS if hasattr(spec, fact)]
    signed = [next(part for part in SIGNED if hasattr(spec, part))]
    signed += [part for part in MAKES if hasattr(spec, part)]
    others = [part for part in UNSIGNED if hasattr(spec, part)]
    parts = "".join(f"    {part}={part},\n" for part in (*signed, *others))
    tests, imported = "    properties=(),\n", ""
    if judged:
        tests = "".join(f"    {each}=tests.{each},\n" for each in excerpt.tests(name))
        imported = f"import {excerpt.module(name)} as tests\n"
    return "\n\n".join(
        [
            HEAD.format(title=repr(title)) + imported,
            *(_function(part, getattr(spec, part)) for part in signed),
            *(f"def {part}(*arguments, **settings):\n    return kept()\n" for part in others),
            f"EXPLANATION = {pprint.pformat(about, sort_dicts=False)}\n"
            f"SPEC = {type(spec).__name__}(\n{parts}{''.join(facts)}"
            f"    torch='kept',\n{tests})\n",
        ]
    )


def _function(name: str, function: Any) -> str:
    """The signature of a function, which raises KeptError."""
    hints = get_type_hints(function, include_extras=True)
    keywords, shown = False, list[str]()
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not keywords:
            shown, keywords = [*shown, "*"], True
        hint = f": {_hint(hints[parameter.name])}" if parameter.name in hints else ""
        default = parameter.default
        value = "" if default is parameter.empty else f" = {_value(default)}"
        shown.append(f"{parameter.name}{hint}{value}")
    result = f" -> {_hint(hints['return'])}" if "return" in hints else ""
    return f"def {name}({', '.join(shown)}){result}:\n    return kept()\n"


def _hint(hint: Any) -> str:
    """A type, as far as the kinds of operations look at it."""
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        return f"Annotated[{_hint(base)}, {', '.join(map(_value, marks))}]"
    if get_origin(hint) is tuple:
        return f"tuple[{', '.join('...' if a is ... else _hint(a) for a in get_args(hint))}]"
    return hint.__name__ if hint in (int, float, bool, str) else "Any"


def _value(value: Any) -> str:
    """A value in Python. A function is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = (f"{each.name}={_value(getattr(value, each.name))}" for each in fields(value))
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple):
        return f"({''.join(f'{_value(part)}, ' for part in value)})"
    return "kept" if callable(value) else repr(value)
