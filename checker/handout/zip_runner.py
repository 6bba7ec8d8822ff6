"""The grader in a student zip: runs the student's file and compares with the cases beside it.

It is for the student only and has no sandbox. The grade that counts comes from `check grade`.
"""

import contextlib
import copy
import io
import runpy
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases.case_set import CaseSet, thaw
from checker.cases.checksum import checksum
from checker.cases.counterexample import counterexample, message, most_telling
from checker.cases.judge import judge_all
from checker.cases.points import Shares, of_results
from checker.cases.points import earned as points_earned
from checker.sandbox import wire
from checker.sandbox.messages import Raised, Reply, Returned
from checker.sandbox.results import results

LARGEST_LOCAL_RESULT = 2**28  # bytes of a result
SCORED_VERDICTS = ("right", "unstable", "other shape", "mutates its input", "other convention")
VERDICT_MARKS = {
    "right": "+",
    "missing": ".",
    "not started": ".",
    "other convention": "~",
    "unstable": "~",
    "other shape": "~",
    "mutates its input": "~",
}


def main(folder: Path, arguments: list[str]) -> int:
    """Grade a file and print the report. Returns the exit code.

    The exit code is 0 if everything is right, 1 if something is wrong, and 2 after wrong usage.
    """
    name, worth, cases, others = wire.decode((folder / "cases.data").read_bytes())
    path = Path(arguments[0]) if arguments else folder / f"{name}.py"
    if len(arguments) > 1 or not path.is_file():
        print(f"python check.py [FILE]: there is no file {path}")
        return 2
    case_sets, conventions, functions = thaw(cases), thaw(others), _functions(path)
    width, earned, total, messages = max(map(len, case_sets)), 0.0, 0.0, []
    print(f"{name}: {path.name}\n")
    for task, points, credit, *each in worth:
        shares = dict(zip(SCORED_VERDICTS, each, strict=True))
        mine = {
            about: case_set
            for about, case_set in conventions.items()
            if about.startswith(f"{task}: ")
        }
        verdict, about, results = _graded(case_sets[task], mine, functions.get(task), shares)
        score, reason = points_earned(points, credit, shares, results)
        shown = "" if verdict == "right" else f"{verdict}: {reason}" if reason else verdict
        row = f"  {VERDICT_MARKS.get(verdict, '-')} {task:<{width}}  {score:g} / {points:g}"
        print(f"{row}  {shown}".rstrip())
        earned, total = earned + score, total + points
        messages += [f"{task}: {about}"] if about else []
    print(f"\n  {earned:g} of {total:g} points")
    if messages:
        print("\n" + textwrap.indent(messages[0], "  "))
    return 0 if earned == total else 1


def _functions(path: Path) -> dict[str, Any]:
    sys.path.insert(0, str(path.resolve().parent))  # where its own modules lie
    try:
        return {k: v for k, v in runpy.run_path(str(path)).items() if callable(v)}
    except SyntaxError as error:
        print(f"The file itself: line {error.lineno}: {error.msg}\n")
    except (Exception, SystemExit) as error:
        print(f"The file itself: {type(error).__name__}: {error}\n")
    return {}


def _graded(
    case_set: CaseSet, conventions: dict[str, CaseSet], function: Any, shares: Shares
) -> tuple[str, str, Sequence[str]]:
    """The verdict on a task, a message with the failing case, and what the points go by."""
    if function is None:
        return "missing", "", ["missing"]
    replies = [_reply(function, case.arguments, len(case_set.results)) for case in case_set.cases]
    judged = judge_all(case_set, replies)
    if all(judgement.verdict == "right" for judgement in judged):
        return "right", "", ["right"]
    first, failing = most_telling(case_set, judged)
    verdict = "unstable" if case_set.cases[first].extreme else judged[first].verdict
    if verdict == "not started":
        return verdict, "", [verdict]
    ordinary = [r for case, r in zip(case_set.cases, replies, strict=True) if not case.extreme]
    for about, other in conventions.items():
        if all(judgement.verdict == "right" for judgement in judge_all(other, ordinary)):
            words = f"right by another convention.{about.partition(':')[2]}"
            return "other convention", words, ["other convention"]
    case = counterexample(case_set, case_set.cases[first], judged[first], failing)
    lines = [
        message(case_set, judged, first),
        f"{failing} of {len(case_set.cases)} cases fail:",
        "",
    ]
    lines += [_labelled(name, value) for name, value in case["inputs"].items()]
    for name, value in case.get("expected", {}).items():
        lines += [
            "",
            _labelled(f"{name} should be", value),
            _labelled(f"{name} is", case["got"][name]),
        ]
    return verdict, "\n".join(lines), of_results(shares, case_set, judged)


def _reply(function: Any, arguments: list[Any], parts: int) -> Reply:
    """The reply that a worker would give: the results, and whether the arguments changed."""
    # A case stores a shape as a list, but the function expects a tuple.
    given = [tuple(a) if isinstance(a, list) else copy.copy(a) for a in arguments]
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            value = function(*given)
    except (Exception, SystemExit) as error:
        return Raised(type(error).__name__, str(error), 0, isinstance(error, ValueError))
    mutated = checksum(given) != checksum(arguments)
    return Returned(results(value, parts, LARGEST_LOCAL_RESULT), mutated)


def _labelled(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"  {name}  {value['setting']!r}"
    text = value if isinstance(value, str) else np.array2string(np.asarray(value, dtype=float))
    return f"  {name}  " + textwrap.indent(text, " " * (len(name) + 4)).lstrip()
