"""A counterexample as text: the inputs, the expected results, and which entries are wrong."""

import keyword
import sys
from pathlib import Path
from typing import Any

import click
import numpy as np

from checker.cases.counterexample import Counterexample
from checker.sandbox.plain_text import clean

MARKED_DIFFERENCE = 1e-5  # of the largest entry: smaller differences are not marked


def shown(case: Counterexample) -> list[str]:
    """Lines with the inputs, then each wrong result: the expected value above the actual one."""
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
    """Lines with the inputs and the results that they should give."""
    right = {f"{name} should be": _table(value) for name, value in answers.items()}
    return [*_block({n: _table(v) for n, v in inputs.items()}), "", *_block(right)]


def snippet(function: str, case: Counterexample, submission: str, verdict: str = "") -> list[str]:
    """The call as code for a Python session, or no lines if there is no short one.

    For a function that changes its inputs, the session shows them after the call.
    """
    if "code" not in case:
        return []
    lines = ["import numpy as np", *_imported(function, submission)]
    lines += [f"{name} = {code}" for name, code in case["code"].items()]
    lines += [f"{function}({', '.join(case['code'])})"] * case.get("calls", 1)
    if verdict == "mutates its input":
        lines += [name for name, code in case["code"].items() if code.startswith("np.array(")]
    return ["", "    To see it in a Python session:", "", *(f"      {line}" for line in lines)]


def _imported(function: str, submission: str) -> list[str]:
    """The import of a function from a file, whatever the name of the file is."""
    path = Path(submission)
    if path.suffix.lower() != ".py":
        return []
    taken = keyword.iskeyword(path.stem) or path.stem in {*sys.stdlib_module_names, "numpy"}
    if path.suffix == ".py" and path.stem.isidentifier() and not taken:
        return [f"from {path.stem} import {function}"]
    return ["import runpy", f"{function} = runpy.run_path({path.name!r})[{function!r}]"]


def _block(named: dict[str, list[str]]) -> list[str]:
    width = max(map(len, named))
    lines = []
    for name, (first, *rest) in named.items():
        lines.append(f"      {name:<{width}}  {first}".rstrip())
        lines += [f"      {'':<{width}}  {line}".rstrip() for line in rest]
    return lines


def _off(want: Any, got: Any) -> list[str]:
    """The actual result, with the wrong entries in red and between arrows."""
    if isinstance(got, str) or isinstance(want, str):
        return [click.style(line, fg="red") for line in _table(got)]
    a, b = np.asarray(want, dtype=float), np.asarray(got, dtype=float)
    if a.shape != b.shape:
        shape = f"shape {b.shape} instead of {a.shape}"
        return [*_table(got), click.style(shape, fg="red")]
    size = float(np.max(np.abs(a[np.isfinite(a)]), initial=0))
    with np.errstate(invalid="ignore"):
        off = ~((a == b) | (np.abs(a - b) <= MARKED_DIFFERENCE * size))
    return _table(got, off)


def _table(value: Any, marked: Any = None) -> list[str]:
    """Lines of aligned numbers in nested brackets. Marked ones also stand out without colour."""
    if isinstance(value, str):
        return [clean(value)]
    if isinstance(value, dict):
        return [clean(repr(value["setting"]))]
    if isinstance(value, bool):
        return [str(value)]
    array = np.asarray(value, dtype=float)
    if not array.size:
        return [f"empty, of shape {array.shape}"]
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
    inner = [line for row in cells for line in _brackets(row)]
    opened = [("[" if k == 0 else " ") + line for k, line in enumerate(inner)]
    return [*opened[:-1], opened[-1] + "]"]


def _number(value: float) -> str:
    return f"{value:.6g}"
