"""An overview of a class for a terminal: each submission, and the most common mistakes."""

from collections import Counter

from checker.classroom import changes
from checker.classroom.class_list import ClassRow
from checker.grading.report import Report
from checker.reports import mark_sum
from checker.sandbox.plain_text import clean

LISTED_SUBMISSIONS = 40


def text(rows: list[ClassRow]) -> str:
    """The lines, joined."""
    reports = [row.report for row in rows]
    width = max(len(clean(report.submission)) for report in reports[:LISTED_SUBMISSIONS])
    lines = [
        f"  {clean(row.report.submission):<{width}}  {row.report.score:>4g} / "
        f"{row.report.max_score:g}  {_in_short(row)}".rstrip()
        for row in rows[:LISTED_SUBMISSIONS]
    ]
    if len(reports) > LISTED_SUBMISSIONS:
        lines.append(f"  ... and {len(reports) - LISTED_SUBMISSIONS} more")
    mean = sum(report.score for report in reports) / len(reports)
    levels = ", ".join(sorted({report.isolation for report in reports} - {""}))
    ran = f"; isolation: {levels}" if levels else ""
    lines += ["", f"  {len(reports)} graded, {mean:.1f} points on average{ran}"]
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
    words = "; ".join(moved or changes.reasons(before, now))
    return f"  {clean(now.submission)}: {score} ({words})"


def _in_short(row: ClassRow) -> str:
    """What is not right, what the teacher has changed, and what hides, in one line."""
    changed = ", ".join(f"{each.task} (was {each.before:g})" for each in row.overrides)
    by_hand = f"set by hand: {changed}" if changed else ""
    return "; ".join(
        filter(None, [_summary(row.report), by_hand, *_steps(row.report), *row.misleading])
    )


def _steps(report: Report) -> list[str]:
    """What was taken or added, with the first reason for it."""
    return [mark_sum.line(step).partition(";")[0] for step in report.steps]


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
