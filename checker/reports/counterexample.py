"""A counterexample as text: the inputs, the expected results, and which entries are wrong."""

import keyword
import sys
import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import click
import numpy as np

from checker.cases.counterexample import Counterexample
from checker.reports import number_table
from checker.reports.screen import ENDLESS, wrapped
from checker.sandbox.plain_text import clean

MARKED_DIFFERENCE = 1e-5  # of the largest entry: smaller differences are not marked

Fitted = Callable[[int, int], list[str]]  # the lines of a value, for a width and a number of rows


def shown(
    case: Counterexample, width: int = ENDLESS, rows: int = ENDLESS, results: int = ENDLESS
) -> list[str]:
    """Lines with the inputs, then each wrong result: the expected value above the actual one.

    Of an array with more rows, only `rows` around the first wrong entry are shown, and of wrong
    results the first `results`.
    """
    if "failing" in case:
        smallest = case.get("source", "the smallest")
        count = f"{case['failing']} of {case['cases']} cases fail"
        where = f"{count.replace('cases fail', 'cases fails') if case['failing'] == 1 else count}."
        where += f" Here is {smallest}:"
    else:
        where = "It was given this:"
    lines = wrapped(where, width, "    ")
    lines += ["", *_block(_named(case["inputs"]), width, rows)]
    for name, want in islice(case.get("expected", {}).items(), results):
        got = case["got"][name]
        off = _off(want, got)
        pair = {
            f"{name} should be": partial(_value, want, off),
            f"{'and is':>{len(name) + 10}}": partial(_actual, want, got, off),
        }
        lines += ["", *_block(pair, width, rows)]
    made = [
        f"      {name} is computed as {code}" for name, code in case.get("compared", {}).items()
    ]
    return [*lines, *(["", *made] if made else [])]


def example(inputs: dict[str, Any], answers: dict[str, Any], width: int = ENDLESS) -> list[str]:
    """Lines with the inputs and the results that they should give."""
    right = {f"{name} should be": value for name, value in answers.items()}
    given, wanted = (_block(_named(each), width, ENDLESS) for each in (inputs, right))
    return [*given, "", *wanted]


def snippet(
    function: str, case: Counterexample, submission: str, verdict: str = "", width: int = ENDLESS
) -> list[str]:
    """The call as code for a Python session, or no lines if there is no short one.

    For a function that changes its inputs, the session shows them after the call.
    """
    if "code" not in case:
        return []
    names = case.get("imported", [function])
    lines = ["import numpy as np", *_imported(names, submission)]
    for name, code in case["code"].items():
        lines += textwrap.wrap(
            code,
            width - 6,
            initial_indent=f"{name} = ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    call = case.get("asked", [f"{function}({', '.join(case['code'])})"])
    lines += call * case.get("calls", 1)
    if verdict == "mutates its input":
        lines += [name for name, code in case["code"].items() if code.startswith("np.array(")]
    return ["", "    To see it in a Python session:", "", *(f"      {line}" for line in lines)]


def _imported(names: list[str], submission: str) -> list[str]:
    """The import of functions from a file, whatever the name of the file is."""
    path = Path(submission)
    if path.suffix.lower() != ".py":
        return []
    taken = keyword.iskeyword(path.stem) or path.stem in {*sys.stdlib_module_names, "numpy"}
    if path.suffix == ".py" and path.stem.isidentifier() and not taken:
        return [f"from {path.stem} import {', '.join(names)}"]
    several = [f"{name} = found[{name!r}]" for name in names]
    if len(names) > 1:
        return ["import runpy", f"found = runpy.run_path({path.name!r})", *several]
    return ["import runpy", *(f"{n} = runpy.run_path({path.name!r})[{n!r}]" for n in names)]


def _named(values: dict[str, Any]) -> Mapping[str, Fitted]:
    return {name: partial(_value, value, None) for name, value in values.items()}


def _block(named: Mapping[str, Fitted], width: int, rows: int) -> list[str]:
    """The names beside their values, or above them if there is no room beside."""
    label = max(map(len, named))
    beside = width - label - 8
    if beside < width // 2 and not all(_fits(lines, beside) for lines in named.values()):
        return [
            line
            for name, lines in named.items()
            for line in (f"      {name.strip()}", *(f"        {x}" for x in lines(width - 8, rows)))
        ]
    block = []
    for name, lines in named.items():
        first, *rest = lines(beside, rows)
        block.append(f"      {name:<{label}}  {first}".rstrip())
        block += [f"      {'':<{label}}  {line}".rstrip() for line in rest]
    return block


def _fits(lines: Fitted, width: int) -> bool:
    return all(len(click.unstyle(line)) <= width for line in lines(ENDLESS, ENDLESS))


def _off(want: Any, got: Any) -> Any:
    """Which entries of a result are wrong, or None if it has another shape or no numbers."""
    if isinstance(got, str) or isinstance(want, str):
        return None
    a, b = np.asarray(want, dtype=float), np.asarray(got, dtype=float)
    if a.shape != b.shape:
        return None
    size = float(np.max(np.abs(a[np.isfinite(a)]), initial=0))
    with np.errstate(invalid="ignore"):
        return ~((a == b) | (np.abs(a - b) <= MARKED_DIFFERENCE * size))


def _actual(want: Any, got: Any, off: Any, width: int, rows: int) -> list[str]:
    """The actual result, with the wrong entries in red and between arrows."""
    if isinstance(got, str) or isinstance(want, str):
        return [click.style(line, fg="red") for line in _value(got, None, width, rows)]
    array = np.asarray(got, dtype=float)
    if off is not None:
        return number_table.table(array, off, off, width, rows)
    shape = f"shape {array.shape} instead of {np.shape(want)}"
    words = [click.style(line, fg="red") for line in wrapped(shape, width)]
    return [*number_table.table(array, width=width, rows=rows), *words]


def _value(value: Any, near: Any, width: int, rows: int) -> list[str]:
    """A value that is not marked. Of a long array, the part around the first of `near`."""
    if isinstance(value, str | dict):
        words = value if isinstance(value, str) else repr(value["setting"])
        return textwrap.wrap(clean(words), width, max_lines=rows, placeholder=" ...") or [""]
    if isinstance(value, bool):
        return [str(value)]
    return number_table.table(np.asarray(value, dtype=float), near=near, width=width, rows=rows)
