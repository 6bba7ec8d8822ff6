"""A counterexample for the eyes: what went in, what should come out, and which entries do not."""

import re
from pathlib import Path
from typing import Any

import click
import numpy as np

from checker.text import clean

OFF = 1e-5  # relative to the largest entry: below that, two entries look alike


def shown(case: dict[str, Any]) -> list[str]:
    """Inputs first; then each result that is off, as it should be above as it is."""
    if "failing" in case:
        smallest = case.get("source", "the smallest")
        count = f"{case['failing']} of {case['cases']} cases fail"
        where = f"{count.replace('cases fail', 'cases fails') if case['failing'] == 1 else count}."
        where += f" Here is {smallest}:"
    else:
        where = "It was given this:"
    lines = [f"    {where}", "", *_block({n: _table(v) for n, v in case["inputs"].items()})]
    for name, want in case.get("expected", {}).items():
        got = case["got"][name]
        pair = {f"{name} should be": _table(want), f"{'and is':>{len(name) + 10}}": _off(want, got)}
        lines += ["", *_block(pair)]
    return lines


def example(inputs: dict[str, Any], answers: dict[str, Any]) -> list[str]:
    """What goes in, and what has to come out."""
    right = {f"{name} should be": _table(value) for name, value in answers.items()}
    return [*_block({n: _table(v) for n, v in inputs.items()}), "", *_block(right)]


def snippet(function: str, case: dict[str, Any], submission: str) -> list[str]:
    """The call as code, for a Python session; nothing where an array was too large to list."""
    if any(isinstance(value, str) for value in case["inputs"].values()):
        return []
    lines = ["", "    To see it in a Python session:", "", "      import numpy as np"]
    path = Path(submission)
    if path.suffix == ".py" and path.stem.isidentifier():
        lines.append(f"      from {path.stem} import {function}")
    arguments = [f"{name} = {_code(value)}" for name, value in case["inputs"].items()]
    lines += [f"      {line}" for line in arguments]
    return [*lines, f"      {function}({', '.join(case['inputs'])})"]


def _code(value: Any) -> str:
    if isinstance(value, dict):
        return repr(value["setting"])
    text = f"np.array({value})" if isinstance(value, list) else repr(value)
    return re.sub(r"\b(inf|nan)\b", r"np.\1", text)


def _block(named: dict[str, list[str]]) -> list[str]:
    width = max(map(len, named))
    lines = []
    for name, (first, *rest) in named.items():
        lines.append(f"      {name:<{width}}  {first}".rstrip())
        lines += [f"      {'':<{width}}  {line}".rstrip() for line in rest]
    return lines


def _off(want: Any, got: Any) -> list[str]:
    """What came back, the wrong entries between arrows and in red."""
    if isinstance(got, str) or isinstance(want, str):
        return [click.style(line, fg="red") for line in _table(got)]
    a, b = np.asarray(want, dtype=float), np.asarray(got, dtype=float)
    if a.shape != b.shape:
        shape = f"shape {b.shape} instead of {a.shape}"
        return [*_table(got), click.style(shape, fg="red")]
    size = float(np.max(np.abs(a[np.isfinite(a)]), initial=0))
    with np.errstate(invalid="ignore"):
        off = ~((a == b) | (np.abs(a - b) <= OFF * size))
    return _table(got, off)


def _table(value: Any, marked: Any = None) -> list[str]:
    """Numbers in columns, in brackets by their axes; marked ones stand out without colour too."""
    if isinstance(value, str):
        return [clean(value)]
    if isinstance(value, dict):
        return [clean(repr(value["setting"]))]
    if isinstance(value, bool):
        return [str(value)]
    array = np.asarray(value, dtype=float)
    if not array.size:
        return [f"nothing, of shape {array.shape}"]
    off = np.zeros(array.shape, dtype=bool) if marked is None else marked
    plain = [
        f"\u00bb{_number(v)}\u00ab" if m else _number(v)
        for v, m in zip(array.flat, off.flat, strict=True)
    ]
    width = max(map(len, plain)) if array.ndim else 0
    cells = np.array(
        [
            click.style(f"{text:>{width}}", fg="red", bold=True) if m else f"{text:>{width}}"
            for text, m in zip(plain, off.flat, strict=True)
        ],
        dtype=object,
    ).reshape(array.shape)
    return _brackets(cells)


def _brackets(cells: Any) -> list[str]:
    if cells.ndim == 0:
        return [str(cells[()])]
    if cells.ndim == 1:
        return ["[" + "  ".join(cells) + "]"]
    inner = [line for each in cells for line in _brackets(each)]
    opened = [("[" if k == 0 else " ") + line for k, line in enumerate(inner)]
    return [*opened[:-1], opened[-1] + "]"]


def _number(value: float) -> str:
    return f"{value:.6g}"
