"""A report for the eyes: what is right, then the first thing to work on, with its smallest case."""

from collections import Counter
from typing import Any

import click
import numpy as np

from checker.classroom.handin import Row
from checker.grading import Report, TaskReport
from checker.text import PARAGRAPH, clean

MARKS = {"right": ("✓", "green"), "not started": ("·", "bright_black")}
WRONG = ("✗", "red")
LISTED = 40  # submissions of a class shown one by one


def one(report: Report) -> str:
    """The whole report of one submission."""
    lines = [click.style(f"{report.assignment}: {clean(report.submission)}", bold=True), ""]
    lines += rows(report)
    lines += ["", f"  {report.score:g} of {report.max_score:g} points"]
    if report.notes:
        lines += ["", f"  The file itself: {clean(report.notes[0])}"]
    started = [t for t in report.tasks if t.verdict not in ("right", "not started", "missing")]
    for task in started[:1]:
        lines += ["", *detail(task)]
    if len(started) > 1:
        others = ", ".join(task.name for task in started[1:])
        lines += ["", f"  Then: {others} (--task NAME shows one)"]
    waiting = [t.name for t in report.tasks if t.verdict in ("not started", "missing")]
    if waiting and not started:
        lines += ["", f"  Next: {waiting[0]}"]
    return "\n".join(lines)


def rows(report: Report) -> list[str]:
    """A line for each task."""
    width = max(len(task.name) for task in report.tasks)
    return [_row(task, width) for task in report.tasks]


def many(rows: list[Row]) -> str:
    """A class at a glance: each submission, and what went wrong most."""
    reports = [row.report for row in rows]
    width = max(len(clean(report.submission)) for report in reports[:LISTED])
    lines = [
        f"  {clean(r.submission):<{width}}  {r.score:>4g} / {r.max_score:g}  {_summary(r)}".rstrip()
        for r in reports[:LISTED]
    ]
    if len(reports) > LISTED:
        lines.append(f"  ... and {len(reports) - LISTED} more")
    mean = sum(report.score for report in reports) / len(reports)
    lines += ["", f"  {len(reports)} graded, {mean:.1f} points on average"]
    known = Counter(
        (task.name, task.diagnosis["misconception"])
        for report in reports
        for task in report.tasks
        if task.diagnosis
    )
    lines += [f"  {n} x {name}: {words}" for (name, words), n in known.most_common(5)]
    return "\n".join(lines + _changes(rows))


def _changes(rows: list[Row]) -> list[str]:
    """What is new since the last finished run, with the score before."""
    changed = [row for row in rows if row.before is not None]
    lines = ["", f"  {len(changed)} changed since the last run:"] if changed else []
    for row in changed[:LISTED]:
        assert row.before is not None
        was = {task.name: task.verdict for task in row.before.tasks}
        moved = [
            f"{task.name} was {was.get(task.name, 'not a task')}, is {task.verdict}"
            for task in row.report.tasks
            if was.get(task.name) != task.verdict
        ]
        words = "; ".join(moved) or "every verdict is as before"
        score = f"{row.before.score:g} -> {row.report.score:g}"
        lines.append(f"  {clean(row.report.submission)}: {score} ({words})")
    return lines


def _row(task: TaskReport, width: int) -> str:
    mark, colour = MARKS.get(task.verdict, WRONG)
    points = f"{task.score:g} / {task.max_score:g}"
    words = "" if task.verdict == "right" else task.verdict
    return f"  {click.style(mark, fg=colour)} {task.name:<{width}}  {points:>7}  {words}".rstrip()


def _summary(report: Report) -> str:
    """The worst of it in a few words: the file itself, or the tasks by their verdict."""
    verdicts: dict[str, list[str]] = {}
    for task in report.tasks:
        if task.verdict != "right":
            verdicts.setdefault(task.verdict, []).append(task.name)
    if len(verdicts) == 1 and len(next(iter(verdicts.values()))) == len(report.tasks):
        (verdict,) = verdicts
        message = clean(report.tasks[0].message)
        return f"{verdict}: {message}" if message else verdict
    return "; ".join(f"{verdict}: {', '.join(names)}" for verdict, names in verdicts.items())


def detail(task: TaskReport) -> list[str]:
    lines = [f"  {click.style(task.name, bold=True)}: {_sentence(task)}"]
    if task.diagnosis:
        lines += ["", f"    {clean(task.diagnosis['misconception'], PARAGRAPH)}"]
        lines += [f"    {click.style(clean(task.diagnosis['hint'], PARAGRAPH), fg='cyan')}"]
    shown = case(task)
    return [*lines, "", *(f"    {line}".rstrip() for line in shown)] if shown else lines


def case(task: TaskReport) -> list[str]:
    """The smallest case that shows what is wrong, as lines."""
    case = task.counterexample
    if case is None:
        return []
    if "failing" in case:
        smallest = case.get("source", "the smallest")
        where = f"{case['failing']} of {case['cases']} cases fail. Here is {smallest}:"
    else:
        where = "It was given this:"
    lines = [where, "", *_values(case["inputs"], "")]
    for name, expected in case.get("expected", {}).items():
        lines += ["", *_values({"expected": expected, "got": case["got"][name]}, f"{name} ")]
    return lines


def _sentence(task: TaskReport) -> str:
    text = clean(task.message or task.verdict, PARAGRAPH)
    return text if text.endswith((".", "?")) else text + "."


def _values(named: dict[str, Any], prefix: str) -> list[str]:
    width = max(len(prefix + name) for name in named)
    lines = []
    for name, value in named.items():
        head = f"  {prefix + name:<{width}}  "
        shown = clean(value) if isinstance(value, str) else _array(value)
        first, *rest = shown.splitlines() or [""]
        lines += [head + first, *(" " * len(head) + line for line in rest)]
    return lines


def _array(value: Any) -> str:
    array = np.asarray(value)
    return np.array2string(array, max_line_width=70, floatmode="maxprec", precision=6)
