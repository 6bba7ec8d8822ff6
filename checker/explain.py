"""What an operation is, in words: derived from its declaration and from the library of mistakes.

No code is shown. The formulas are the specification, and a formula is not yet a program.
"""

import inspect
from typing import Any

from checker.mistakes import entries
from reference.catalogue import module, operation
from reference.spec import Argument, Below, Between, Given, Simplex


def explanation(name: str) -> dict[str, Any]:
    """The parts of the page, in its order. Raises LookupError for an unknown name."""
    spec, text = operation(name), inspect.getdoc(module(name)) or ""
    title, _, body = text.partition("\n")
    known = entries(name)
    return {
        "name": name,
        "title": title.rstrip("."),
        "kind": spec.kind,
        "text": body.partition("\nSource:")[0].strip("\n"),
        "arguments": {a.name: _described(a) for a in spec.arguments},
        "laws": [_first_line(law) for law in spec.laws],
        "conventions": [e.misconception for e in known if e.kind == "convention"],
        "mistakes": [e.misconception for e in known if e.kind == "mistake"],
        "unstable": [e.misconception for e in known if e.kind == "unstable"],
        "source": body.partition("\nSource:")[2].strip() or spec.source,
    }


def page(found: dict[str, Any]) -> str:
    """The same for a terminal."""
    lines = [f"{found['name']}: {found['title']} ({found['kind']})", "", found["text"]]
    width = max(map(len, found["arguments"]), default=0)
    rows = [f"{name:<{width}}  {about}" for name, about in found["arguments"].items()]
    for heading, items in (
        ("Arguments", rows),
        ("What always holds", found["laws"]),
        ("Right in other courses", found["conventions"]),
        ("What often goes wrong", found["mistakes"]),
        ("What goes wrong on extreme inputs", found["unstable"]),
        ("Source", [" ".join(found["source"].split())]),
    ):
        if items:
            lines += ["", f"{heading}:", *(f"  {item}" for item in items)]
    return "\n".join(lines)


def _described(argument: Argument) -> str:
    if argument.tried:
        return f"setting, for example {', '.join(map(str, argument.tried))}"
    axes = ", ".join(argument.axes) + ("," if len(argument.axes) == 1 else "")
    words = [f"({axes})"] if argument.axes and argument.axes != ("...",) else []
    words += ["any shape"] if argument.axes == ("...",) else []
    words += ["number"] if not argument.axes else []
    for mark in argument.marks:
        match mark:
            case Below(size=size):
                words.append(f"whole numbers from 0 to {size} - 1")
            case Between(low=low, high=high):
                words.append(f"numbers between {low:g} and {high:g}")
            case Simplex():
                words.append("probabilities: each row sums to 1")
            case Given():
                words.append("data, without a gradient")
    return ", ".join(words)


def _first_line(function: Any) -> str:
    return (inspect.getdoc(function) or function.__name__).partition("\n")[0]
