"""The page of an operation, in words: made from its declaration and the library of mutants.

It shows formulas but no code, because code would solve a task.
"""

import inspect
from typing import Any

from checker.cases.forms import kind
from checker.cases.mutants import mutants
from checker.course.assignment import Task
from checker.library.mutants import written
from reference.catalogue import module, operation
from reference.spec import Argument, Below, Between, Given, Simplex


def explanation(name: str) -> dict[str, Any]:
    """The parts of the page, in its order. Raises LookupError for an unknown name."""
    if hasattr(module(name), "EXPLANATION"):  # a declaration without code
        return dict(module(name).EXPLANATION)
    spec, text = operation(name), inspect.getdoc(module(name)) or ""
    title, _, body = text.partition("\n")
    known = written(name)
    own = [_first_line(m.function) for m in known if m.kind == "mistake"]
    return {
        "name": name,
        "title": title.rstrip("."),
        "kind": spec.kind,
        "text": body.partition("\nSource:")[0].strip("\n"),
        "arguments": {a.name: _described(a) for a in spec.arguments},
        "properties": [_first_line(prop) for prop in spec.properties],
        "conventions": [_first_line(m.function) for m in known if m.kind == "convention"],
        "mistakes": own,
        "generic": [words for words in _generic(name) if words not in own],
        "unstable": [_first_line(m.function) for m in known if m.kind == "unstable"],
        "source": body.partition("\nSource:")[2].strip() or "",
    }


def _generic(name: str) -> list[str]:
    """The misconceptions of the generic mutants, over all forms that can be asked for."""
    spec = operation(name)
    settings = tuple(a.name for a in spec.arguments if a.tried and not a.fixed)
    tasks = [Task(name, name, asks, 1, settings) for asks in kind(spec).suitable(spec)]
    known = [mutant for task in tasks for mutant in mutants(task) if mutant.generic]
    return list(dict.fromkeys(mutant.misconception for mutant in known))


def _described(argument: Argument) -> str:
    if argument.tried:
        return f"setting, for example {', '.join(map(str, argument.tried))}"
    axes = ", ".join(argument.axes) + ("," if len(argument.axes) == 1 else "")
    words = [f"({axes})"] if argument.axes and argument.axes != ("...",) else []
    words += ["any shape"] if argument.axes == ("...",) else []
    words += ["number"] if not argument.axes else []
    for mark in argument.marks:
        match mark:
            case Below(size="2"):
                words.append("0 or 1")
            case Below(differ=True):
                words.append("whole numbers from 0 on that differ in each image and channel")
            case Below(size=size):
                last = int(size) - 1 if size.isdigit() else f"{size} - 1"
                words.append(f"whole numbers from 0 to {last}")
            case Between(low=low, high=high):
                words.append(f"numbers between {low:g} and {high:g}")
            case Simplex():
                words.append("probabilities: each row sums to 1")
            case Given():
                words.append("data, without a gradient")
    return ", ".join(words)


def _first_line(function: Any) -> str:
    return (inspect.getdoc(function) or function.__name__).partition("\n")[0]
