"""A report for the eyes: what is right, then the first thing to work on, with its smallest case."""

import textwrap
from collections import Counter
from typing import Any

import click

from checker.classroom.handin import Row
from checker.graded import Report, TaskReport
from checker.reports import counterexample
from checker.text import PARAGRAPH, clean

WAITING = ("·", "bright_black")
MARKS = {
    "right": ("✓", "green"),
    "other convention": ("~", "yellow"),
    "unstable": ("~", "yellow"),
    "not started": WAITING,
    "missing": WAITING,
}
WRONG = ("✗", "red")
WIDTH = 88
LISTED = 40  # submissions of a class shown one by one


def one(report: Report) -> str:
    """The whole report of one submission."""
    lines = [click.style(f"{report.assignment}: {clean(report.submission)}", bold=True), ""]
    lines += rows(report)
    lines += ["", f"  {report.score:g} of {report.max_score:g} points{shut_off(report)}"]
    if report.notes:
        lines += ["", f"  The file itself: {clean(report.notes[0])}"]
    started = [t for t in report.tasks if t.verdict not in ("right", "not started", "missing")]
    started.sort(key=lambda task: task.score == task.max_score)  # what costs points comes first
    for task in started[:1]:
        lines += ["", *detail(task, report.submission)]
    if len(started) > 1:
        others = ", ".join(task.name for task in started[1:])
        lines += ["", f"  Then: {others} (--task NAME shows one)"]
    waiting = [t.name for t in report.tasks if t.verdict in ("not started", "missing")]
    if waiting and not started:
        lines += ["", f"  Next: {waiting[0]}"]
    return "\n".join(lines)


def shut_off(report: Report) -> str:
    """How far the submission was shut off while it ran."""
    return click.style(f"  isolation: {report.isolation}", dim=True) if report.isolation else ""


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
    levels = ", ".join(sorted({report.isolation for report in reports} - {""}))
    lines += ["", f"  {len(reports)} graded, {mean:.1f} points on average; isolation: {levels}"]
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
    again = [(row.report, row.before) for row in rows if row.before is not None]
    changed = [line for line in (_change(now, before) for now, before in again) if line]
    lines = ["", f"  {len(changed)} changed since the last run:"] if changed else []
    same = len(again) - len(changed)
    return [*lines, *changed[:LISTED], *([f"  {same} graded again to the same"] if same else [])]


def _change(now: Report, before: Report) -> str:
    was = {task.name: task.verdict for task in before.tasks}
    moved = [
        f"{task.name} was {was.get(task.name, 'not a task')}, is {task.verdict}"
        for task in now.tasks
        if was.get(task.name) != task.verdict
    ]
    if not moved and now.score == before.score:
        return ""
    score = f"{before.score:g} -> {now.score:g}"
    words = "; ".join(moved) or "every verdict is as before"
    return f"  {clean(now.submission)}: {score} ({words})"


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


def detail(task: TaskReport, submission: str) -> list[str]:
    said = _wrapped(f"  {task.name}: {_sentence(task)}", "    ")
    lines = [said[0].replace(task.name, click.style(task.name, bold=True), 1), *said[1:]]
    if task.diagnosis:
        lines += ["", *_diagnosis(task.diagnosis)]
    if task.line:
        lines += ["", f"    {line(task.line)}"]
    if task.counterexample is not None:
        lines += ["", *counterexample.shown(task.counterexample)]
        lines += counterexample.snippet(task.name, task.counterexample, submission)
    return lines


def line(found: dict[str, Any]) -> str:
    """Where in the submission, and what stands there."""
    cell = f"code cell {found['cell']}, " if found["cell"] else ""
    return f"{cell}line {found['number']}: {clean(found['text'])}"


def _diagnosis(found: dict[str, Any]) -> list[str]:
    """What explains it, a question, and what else was seen."""
    prefix = "Perhaps: " if found["certainty"] == "likely" else ""
    lines = _wrapped(f"    {prefix}{clean(found['misconception'], PARAGRAPH)}", "    ")
    hint = _wrapped(f"    {clean(found['hint'], PARAGRAPH)}", "    ")
    lines += [click.style(line, fg="cyan") for line in hint]
    for each in found.get("also", ()):
        lines += _wrapped(f"    Also: {clean(each, PARAGRAPH)}", "      ")
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    """Never within a word, which may be a name or a number."""
    return textwrap.wrap(
        text,
        WIDTH + 4,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _sentence(task: TaskReport) -> str:
    text = clean(task.message or task.verdict, PARAGRAPH)
    return text if text.endswith((".", "?")) else text + "."
