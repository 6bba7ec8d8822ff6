"""The overview of a class page: statistics, tasks, mistakes, and what needs attention."""

import statistics
from collections import Counter
from html import escape

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.sandbox.plain_text import PARAGRAPH, clean

MOST_BARS = 24
KIND_LABELS = {"right": "right", "wrong": "wrong", "open": "missing or not started"}
OPEN_VERDICTS = {"not started", "missing"}
MistakeRows = dict[tuple[str, str, str], list[int]]  # (task, misconception, hint): row numbers


def overview(assignment: Assignment, rows: list[ClassRow]) -> str:
    return "".join(
        [
            f"<h1>{escape(assignment.title)}</h1>",
            f'<p class="quiet">{len(rows)} submissions, {assignment.points:g} points</p>',
            _facts(assignment, rows),
            _distribution(assignment, rows),
            _attention(rows),
            _tasks(rows),
            _mistakes(rows),
            _changes(rows),
        ]
    )


def marks(row: ClassRow) -> str:
    """Labels beside the name of a submission: late, group, attempt, nothing submitted."""
    submission = row.submission
    words = ["late"] if submission.late else []
    words += [f"group of {len(submission.people)}"] if len(submission.people) > 1 else []
    words += [f"attempt {submission.earlier + 1}"] if submission.earlier else []
    words += ["nothing submitted"] if not submission.files else []
    words += ["points set by hand"] if row.overrides else []
    return "".join(f'<span class="mark">{word}</span>' for word in words)


def _facts(assignment: Assignment, rows: list[ClassRow]) -> str:
    scores = [row.report.score for row in rows]
    facts = {
        "mean": f"{statistics.fmean(scores):.1f}",
        "median": f"{statistics.median(scores):g}",
        "full marks": str(sum(score == assignment.points for score in scores)),
        "late": str(sum(row.submission.late for row in rows)),
        "need attention": str(sum(_needs_attention(row) for row in rows)),
        "isolation": " and ".join(sorted({row.report.isolation for row in rows} - {""})) or "none",
    }
    shown = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts.items())
    return f'<dl class="facts">{shown}</dl>'


def _distribution(assignment: Assignment, rows: list[ClassRow]) -> str:
    """A histogram of the points: a bar for each point, or for several if there are many."""
    width = max(1, -(-int(assignment.points + 1) // MOST_BARS))
    bars = int(assignment.points) // width + 1
    count = Counter(min(bars - 1, int(row.report.score) // width) for row in rows)
    most = max(count.values())
    columns = "".join(
        f'<div>{count[i] or ""}<i style="height:{6.8 * count[i] / most:.2f}rem"></i></div>'
        for i in range(bars)
    )
    axis = "".join(f"<span>{i * width}</span>" for i in range(bars))
    title = "Points" if width == 1 else f"Points, {width} to a bar"
    return f'<h2>{title}</h2><div class="histogram">{columns}</div><div class="axis">{axis}</div>'


def _needs_attention(row: ClassRow) -> bool:
    """Whether the grader failed, or none of the submitted files could be graded."""
    return row.fault or (bool(row.submission.files) and not row.file)


def _attention(rows: list[ClassRow]) -> str:
    numbers = [i for i, row in enumerate(rows) if _needs_attention(row)]
    if not numbers:
        return ""
    lines = (
        f'<tr><td class="name">{_link(rows, i)}</td>'
        f"<td>{text(' '.join(rows[i].report.notes))}</td></tr>"
        for i in numbers
    )
    return f"<h2>Needs attention</h2><table>{''.join(lines)}</table>"


def _tasks(rows: list[ClassRow]) -> str:
    lines = []
    for number, task in enumerate(rows[0].report.tasks):
        count = Counter(_kind(row.report.tasks[number].verdict) for row in rows)
        bar = "".join(
            f'<i class="{kind}" style="width:{100 * count[kind] / len(rows):.2f}%"></i>'
            for kind in KIND_LABELS
        )
        share = round(100 * count["right"] / len(rows))
        lines.append(
            f'<tr><td class="name"><code>{escape(task.name)}</code></td>'
            f'<td class="number">{task.max_score:g}</td><td class="number">{share} %</td>'
            f'<td><div class="bar">{bar}</div></td></tr>'
        )
    head = (
        '<tr><th>task</th><th class="number">points</th><th class="number">right</th><th></th></tr>'
    )
    key = "".join(
        f'<span><i class="{kind}"></i>{words}</span>' for kind, words in KIND_LABELS.items()
    )
    table = f'<div class="scroll"><table>{head}{"".join(lines)}</table></div>'
    return f'<h2>Tasks</h2>{table}<p class="key">{key}</p>'


def _kind(verdict: str) -> str:
    return "right" if verdict == "right" else "open" if verdict in OPEN_VERDICTS else "wrong"


def _mistakes(rows: list[ClassRow]) -> str:
    """The mistakes, the most common first: these are worth discussing in class."""
    rows_of: MistakeRows = {}
    for i, row in enumerate(rows):
        for task in row.report.tasks:
            if task.diagnosis:
                words = task.diagnosis
                key = task.name, words["misconception"], words["hint"]
                rows_of.setdefault(key, []).append(i)
    if not rows_of:
        return ""
    ordered = sorted(rows_of.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = (
        f'<div class="mistake"><p><strong>{text(words)}</strong> '
        f'<span class="mark">{len(who)} in <code>{escape(task)}</code></span></p>'
        f'<p class="quiet">{text(hint)}</p>'
        f'<p class="who">{", ".join(_link(rows, i) for i in who)}</p></div>'
        for (task, words, hint), who in ordered
    )
    return f"<h2>Mistakes</h2>{''.join(shown)}"


def _changes(rows: list[ClassRow]) -> str:
    lines = (
        f'<tr><td class="name">{_link(rows, i)}</td><td class="number">{row.before.score:g}</td>'
        f'<td class="number">{row.report.score:g}</td></tr>'
        for i, row in enumerate(rows)
        if row.before is not None
    )
    body = "".join(lines)
    head = '<tr><th></th><th class="number">before</th><th class="number">now</th></tr>'
    return f"<h2>Changed since the last run</h2><table>{head}{body}</table>" if body else ""


def text(words: str) -> str:
    """Untrusted text, cleaned and escaped for HTML."""
    return escape(clean(words, PARAGRAPH))


def _link(rows: list[ClassRow], number: int) -> str:
    return f'<a href="#s{number}">{text(rows[number].report.submission)}</a>'
