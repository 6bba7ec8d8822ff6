"""The grader of a bundle: runs the student's file here, and compares with the cases beside it.

It is for the student alone. What counts is graded where a file is shut off, by `check grade`.
"""

import contextlib
import copy
import io
import runpy
import textwrap
from pathlib import Path
from typing import Any

import numpy as np

from checker.bank import TaskBank, thawed
from checker.comparison import counterexample, judge, message, most_telling
from checker.worker import wire
from checker.worker.results import results
from checker.worker.seal import seal

LARGEST = 2**28  # bytes of a result
VERDICTS = ("right", "unstable", "other convention")
MARKS = {"right": "+", "missing": ".", "not started": ".", "other convention": "~", "unstable": "~"}


def main(folder: Path, words: list[str]) -> int:
    """Exit codes: 0 all right, 1 not all right, 2 wrong usage."""
    name, worth, cases, others = wire.decode((folder / "cases.bank").read_bytes())
    path = Path(words[0]) if words else folder / f"{name}.py"
    if len(words) > 1 or not path.is_file():
        print(f"python check.py [FILE]: there is no file {path}")
        return 2
    banks, conventions, functions = thawed(cases), thawed(others), _functions(path)
    width, earned, total, shown = max(map(len, banks)), 0.0, 0.0, []
    print(f"{name}: {path.name}\n")
    for task, *points in worth:
        mine = {about: bank for about, bank in conventions.items() if about.startswith(f"{task}: ")}
        verdict, about = _graded(banks[task], mine, functions.get(task))
        score = dict(zip(VERDICTS, points, strict=True)).get(verdict, 0.0)
        words_shown = "" if verdict == "right" else verdict
        row = f"  {MARKS.get(verdict, '-')} {task:<{width}}  {score:g} / {points[0]:g}"
        print(f"{row}  {words_shown}".rstrip())
        earned, total = earned + score, total + points[0]
        shown += [f"{task}: {about}"] if about else []
    print(f"\n  {earned:g} of {total:g} points")
    if shown:
        print("\n" + textwrap.indent(shown[0], "  "))
    return 0 if earned == total else 1


def _functions(path: Path) -> dict[str, Any]:
    try:
        return {k: v for k, v in runpy.run_path(str(path)).items() if callable(v)}
    except SyntaxError as error:
        print(f"The file itself: line {error.lineno}: {error.msg}\n")
    except (Exception, SystemExit) as error:
        print(f"The file itself: {type(error).__name__}: {error}\n")
    return {}


def _graded(bank: TaskBank, conventions: dict[str, TaskBank], function: Any) -> tuple[str, str]:
    """A verdict, and where it is not right, words and the case that shows it."""
    if function is None:
        return "missing", ""
    replies = [_reply(function, case.arguments, len(bank.results)) for case in bank.cases]
    judged = list(map(judge, bank.cases, replies))
    found = most_telling(bank, judged)
    if found is None:
        return "right", ""
    first, failing = found
    verdict = "unstable" if bank.cases[first].extreme else judged[first].verdict
    if verdict == "not started":
        return verdict, ""
    ordinary = [r for case, r in zip(bank.cases, replies, strict=True) if not case.extreme]
    for about, other in conventions.items():
        if all(each.verdict == "right" for each in map(judge, other.cases, ordinary)):
            return "other convention", f"right by another convention.{about.partition(':')[2]}"
    case = counterexample(bank, bank.cases[first], judged[first], failing)
    lines = [message(bank, judged, first), f"{failing} of {len(bank.cases)} cases fail:", ""]
    lines += [_named(name, value) for name, value in case["inputs"].items()]
    for name, value in case.get("expected", {}).items():
        lines += ["", _named(f"{name} should be", value), _named(f"{name} is", case["got"][name])]
    return verdict, "\n".join(lines)


def _reply(function: Any, arguments: list[Any], parts: int) -> list[Any]:
    """What a worker would answer: the results, and the arguments as they are afterwards."""
    # A message knows a shape as a list only.
    given = [tuple(a) if isinstance(a, list) else copy.copy(a) for a in arguments]
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            value = function(*given)
    except (Exception, SystemExit) as error:
        return ["raised", type(error).__name__, str(error), 0, isinstance(error, ValueError)]
    return ["returned", results(value, parts, LARGEST), seal(given)]


def _named(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"  {name}  {value['setting']!r}"
    text = value if isinstance(value, str) else np.array2string(np.asarray(value, dtype=float))
    return f"  {name}  " + textwrap.indent(text, " " * (len(name) + 4)).lstrip()
