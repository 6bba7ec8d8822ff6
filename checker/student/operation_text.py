"""The page on an operation, for a terminal.

While a task asks for the derivative, the page has the definition, shapes and conventions only. The
derivative is shown on request, or once the task is right.
"""

import re
from typing import Any

from checker.reports.screen import fitted, wrapped

DERIVATIVE = re.compile(
    r"gradient|derivative|slope|backward|jacobian|upstream|at_zero|computed as|\bd\w+/d\w", re.I
)
QUOTIENT = re.compile(r"\s*\bd\w*/d\w.*?(?=\s{2,}\(|$)")  # dL/dx and what it is, up to a remark
REMARK = ("(backward", "(g =")  # on a line of which nothing else is left
OWN_NAME = re.compile(r"\b(?:forward|run)\(")  # of the function in a module of the reference
SENTENCE = re.compile(r"(?<=[.?!])\s+")
CONVENTION = re.compile(
    r"shape|row|ax[ei]s|channel|PyTorch|Keras|TensorFlow|NumPy|lecture|default|raise|reduction"
    r"|count from|setting",
    re.I,
)
TOLD = ("properties", "conventions")  # lists that are shown as far as they leave it out
UNTOLD = ("mistakes", "unstable", "generic")  # lists that name parts of it


def text(parts: dict[str, Any], width: int) -> str:
    """The page. The order is from what is asked to what can go wrong."""
    lines = wrapped(f"{parts['name']}: {parts['title']} ({parts['kind']})", width)
    for paragraph in filter(None, parts["text"].split("\n\n")):  # published, it has none
        lines += ["", *_paragraph(_called(paragraph, parts["name"]), width)]
    names = max(map(len, parts["arguments"]), default=0)
    rows = [f"{name:<{names}}  {about}" for name, about in parts["arguments"].items()]
    for heading, items in (
        ("Arguments", rows),
        ("Right in other courses", parts["conventions"]),
        ("What always holds", parts["properties"]),
        ("What often goes wrong", parts["mistakes"]),
        ("What goes wrong on extreme inputs", parts["unstable"]),
        ("What can go wrong in any operation", parts["generic"]),
        ("Source", [" ".join(parts["source"].split())]),
    ):
        if items:
            lines += ["", f"{heading}:", *fitted((f"  {item}" for item in items), width)]
    return "\n".join(lines)


def tells_derivative(parts: dict[str, Any]) -> bool:
    """Whether the text of a page says something about the derivative."""
    return DERIVATIVE.search(parts["text"]) is not None


def without_derivative(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts of a page that say nothing about the derivative."""
    kept = [_kept(paragraph) for paragraph in parts["text"].split("\n\n")]
    told = {name: [x for x in parts[name] if not DERIVATIVE.search(x)] for name in TOLD}
    untold: dict[str, list[str]] = {name: [] for name in UNTOLD}
    return parts | told | untold | {"text": "\n\n".join(filter(None, kept))}


def _kept(paragraph: str) -> str:
    if ">>>" in paragraph:
        return "" if DERIVATIVE.search(paragraph) else paragraph
    if paragraph.startswith(" "):
        lines = (QUOTIENT.sub("", line).rstrip() for line in paragraph.split("\n"))
        return "\n".join(x for x in lines if x and not x.lstrip().startswith(REMARK))
    sentences = SENTENCE.split(" ".join(paragraph.split()))
    return " ".join(s for s in sentences if CONVENTION.search(s) and not DERIVATIVE.search(s))


def _called(paragraph: str, name: str) -> str:
    """An example with the name that a student's function has in place of that in the reference."""
    return OWN_NAME.sub(f"{name}(", paragraph) if ">>>" in paragraph else paragraph


def _paragraph(paragraph: str, width: int) -> list[str]:
    if paragraph.startswith(" "):
        return fitted(paragraph.split("\n"), width)
    return wrapped(" ".join(paragraph.split()), width)
