"""A report for a terminal: all verdicts, then the first task to work on with its smallest case."""

import textwrap
from collections import Counter

import click

from checker.classroom.class_list import ClassRow
from checker.grading.report import Diagnosis, Line, Report, TaskReport
from checker.reports import counterexample
from checker.sandbox.plain_text import PARAGRAPH, clean

OPEN_MARK = ("·", "bright_black")
MARKS = {
    "right": ("✓", "green"),
    "other convention": ("~", "yellow"),
    "carried forward": ("~", "yellow"),
    "unstable": ("~", "yellow"),
    "other shape": ("~", "yellow"),
    "mutates its input": ("~", "yellow"),
    "not started": OPEN_MARK,
    "missing": OPEN_MARK,
}
WRONG_MARK = ("✗", "red")
LINE_WIDTH = 88
LISTED_SUBMISSIONS = 40  # in the overview of a class


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
    """How far the submission was sandboxed while it ran."""
    return click.style(f"  isolation: {report.isolation}", dim=True) if report.isolation else ""


def rows(report: Report) -> list[str]:
    """A line for each task."""
    width = max(len(task.name) for task in report.tasks)
    return [_row(task, width) for task in report.tasks]


def many(rows: list[ClassRow]) -> str:
    """An overview of a class: each submission, and the most common mistakes."""
    reports = [row.report for row in rows]
    width = max(len(clean(report.submission)) for report in reports[:LISTED_SUBMISSIONS])
    lines = [
        f"  {clean(r.submission):<{width}}  {r.score:>4g} / {r.max_score:g}  {_summary(r)}".rstrip()
        for r in reports[:LISTED_SUBMISSIONS]
    ]
    if len(reports) > LISTED_SUBMISSIONS:
        lines.append(f"  ... and {len(reports) - LISTED_SUBMISSIONS} more")
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


def _changes(rows: list[ClassRow]) -> list[str]:
    """What has changed since the last finished run, with the scores before and now."""
    again = [(row.report, row.before) for row in rows if row.before is not None]
    changed = [line for line in (_change(now, before) for now, before in again) if line]
    lines = ["", f"  {len(changed)} changed since the last run:"] if changed else []
    same = len(again) - len(changed)
    return [
        *lines,
        *changed[:LISTED_SUBMISSIONS],
        *([f"  {same} graded again, with the same result"] if same else []),
    ]


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
    words = "; ".join(moved) or "no verdict has changed"
    return f"  {clean(now.submission)}: {score} ({words})"


def _row(task: TaskReport, width: int) -> str:
    mark, colour = MARKS.get(task.verdict, WRONG_MARK)
    points = f"{task.score:g} / {task.max_score:g}"
    words = "" if task.verdict == "right" else verdict(task)
    return f"  {click.style(mark, fg=colour)} {task.name:<{width}}  {points:>7}  {words}".rstrip()


def verdict(task: TaskReport) -> str:
    """The verdict on a task, and how its points come about if it earns some of them."""
    return f"{task.verdict}: {task.reason}" if task.reason else task.verdict


def _summary(report: Report) -> str:
    """What is not right, in one line: the one verdict of all tasks, or the tasks by verdict."""
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
    """Lines with all there is on a task: message, diagnosis, line, and counterexample."""
    message = _wrapped(f"  {task.name}: {_sentence(task)}", "    ")
    lines = [message[0].replace(task.name, click.style(task.name, bold=True), 1), *message[1:]]
    if task.diagnosis:
        lines += ["", *_diagnosis(task.diagnosis)]
    if task.line:
        lines += ["", f"    {line(task.line)}"]
    if task.counterexample is not None:
        lines += ["", *counterexample.shown(task.counterexample)]
        lines += counterexample.snippet(task.name, task.counterexample, submission, task.verdict)
    return lines


def line(source: Line) -> str:
    """The number of a line of the submission, and its text."""
    cell = f"code cell {source['cell']}, " if source["cell"] else ""
    return f"{cell}line {source['number']}: {clean(source['text'])}"


def _diagnosis(diagnosis: Diagnosis) -> list[str]:
    """The misconception, the hint, and further observations."""
    prefix = "Perhaps: " if diagnosis["certainty"] == "likely" else ""
    lines = _wrapped(f"    {prefix}{clean(diagnosis['misconception'], PARAGRAPH)}", "    ")
    hint = _wrapped(f"    {clean(diagnosis['hint'], PARAGRAPH)}", "    ")
    lines += [click.style(line, fg="cyan") for line in hint]
    for sentence in diagnosis.get("also", ()):
        lines += _wrapped(f"    Also: {clean(sentence, PARAGRAPH)}", "      ")
    return lines


def _wrapped(text: str, indent: str) -> list[str]:
    """Wrapped lines. Words are not broken, because they may be names or numbers."""
    return textwrap.wrap(
        text,
        LINE_WIDTH + 4,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _sentence(task: TaskReport) -> str:
    text = clean(task.message or task.verdict, PARAGRAPH)
    return text if text.endswith((".", "?")) else text + "."
