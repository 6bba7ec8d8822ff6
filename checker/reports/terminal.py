"""A report for a terminal: all verdicts on one screen, and below them the one thing to mend next.

What says most stands last, next to the prompt. If the screen has too few lines, the session is left
out first, then the cells of the tasks that are right, then parts of the counterexample: rows of
arrays, and the wrong results but for the first.
"""

import os
from collections.abc import Iterator

import click

from checker.grading.report import Diagnosis, Line, Report, TaskReport
from checker.reports import screen, seen, standing, verdict_columns
from checker.reports.screen import wrapped
from checker.sandbox.plain_text import PARAGRAPH, clean

LISTED_TASKS = 3  # of those to mend later
GRIDS = (verdict_columns.full, verdict_columns.brief, verdict_columns.folded)  # ever shorter
LONGEST_TABLES = (screen.ENDLESS, 3, 1)  # rows of each array, ever fewer
LONGEST_NOTE = 3  # lines
LONGEST_PRINT = 3  # lines of what the function printed


def one(
    report: Report,
    size: os.terminal_size = screen.PAGE,
    *,
    session: bool = False,
    verbose: bool = False,
    saved: tuple[str, ...] = (),
    ending: str = "",
) -> str:
    """The report of one submission on one screen.

    `session` asks for the call as code, `verbose` for all that there is, however long. Tasks that
    were `saved` just now are explained first. What is next comes last: `ending`, if everything is
    right.
    """
    pages = _pages(
        report, size.columns, session=session, verbose=verbose, saved=saved, ending=ending
    )
    if verbose:
        return "\n".join(next(pages))
    room = size.lines - 1  # the prompt needs one
    for page in pages:
        if len(page) <= room:
            return "\n".join(page)
    return "\n".join([page[0], *page[1 - max(room, 2) :]])  # what stands last says most


def _pages(
    report: Report,
    width: int,
    *,
    session: bool,
    verbose: bool,
    saved: tuple[str, ...],
    ending: str,
) -> Iterator[list[str]]:
    """The lines of the report, with ever fewer of them."""
    head = _head(report, width)
    full, brief, folded = grids = [form(report.tasks, width) for form in GRIDS]
    last = wrapped(_next(report, ending), width, "  ")
    wrong = _to_mend(report, saved)
    if not wrong:
        yield from (_joined(head, grid, last) for grid in grids)
        return
    own = [task for task in wrong[1:] if task.verdict != "carried forward"]  # mistakes of their own
    task, later = wrong[0], _later(own, width)
    code = _session(task, report.submission, width)
    case, rows, row = (_case(task, width, rows) for rows in LONGEST_TABLES)
    least = _case(task, width, 1, 1)
    tight = [line for line in case if line]
    said = _message(task, width)
    heard = seen.lines(task.seen, width, screen.ENDLESS if verbose else LONGEST_PRINT)
    why = _joined([*_source(task, width), *_diagnosis(task, width)], last)
    yield _joined(head, full, later, said, case, heard, code, why)
    if session and code:
        yield _joined(head, folded, said, row, code, why)
        yield _joined(head, folded, said, [line for line in code if line], why)
        yield _joined(head, said, [line for line in code if line], why)
    for grid, rest, shown, beside in (
        (full, later, case, heard),
        (full, later, tight, heard),
        (full, later, row, heard),
        (full, [], row, heard),
        (brief, later, tight, heard),
        (brief, [], row, heard),
        (folded, [], tight, heard),
        (folded, later, tight, []),
        (folded, [], tight, []),
        (folded, [], rows, []),
        (folded, [], row, []),
        (folded, [], least, []),
    ):
        yield _joined(head, grid, rest, said, shown, beside, why)
    alone = _joined([*_source(task, width), *_diagnosis(task, width, also=False)], last)
    yield _joined(head, folded, said, least, alone)
    yield _joined(head, folded, said, why)


def _joined(*blocks: list[str]) -> list[str]:
    """The blocks that are not empty, with a line between them."""
    lines: list[str] = []
    for block in filter(None, blocks):
        lines += ["", *block] if lines else block
    return lines


def _head(report: Report, width: int) -> list[str]:
    name = f"{report.assignment}: {clean(report.submission)}"
    points = f"{report.score:g} of {report.max_score:g} points"
    lines = wrapped(f"{name}, {points}", width)
    lines[0] = lines[0].replace(name, click.style(name, bold=True))
    lines += wrapped(shut_off(report).strip(), width, "  ")
    if report.notes:
        lines += ["", *wrapped(notes(report)[0], width, "  ", longest=LONGEST_NOTE)]
    return lines


def notes(report: Report) -> list[str]:
    """What is to be said of the file itself."""
    return [f"The file itself: {clean(note, PARAGRAPH)}" for note in report.notes]


def shut_off(report: Report) -> str:
    """What was lacking of the sandbox while the submission ran, or nothing."""
    if report.isolation in ("", "full"):
        return ""
    return f"  isolation: {report.isolation}; `check doctor` explains it"


def _to_mend(report: Report, saved: tuple[str, ...]) -> list[TaskReport]:
    """The tasks that are begun and not right: those just saved first, then those without points."""
    others = ("right", *standing.OPEN_VERDICTS)
    begun = [task for task in report.tasks if task.verdict not in others]
    return sorted(begun, key=lambda t: (t.name not in saved, t.score == t.max_score))


def _later(tasks: list[TaskReport], width: int) -> list[str]:
    if not tasks:
        return []
    more = f" and {len(tasks) - LISTED_TASKS} more" if len(tasks) > LISTED_TASKS else ""
    names = ", ".join(task.name for task in tasks[:LISTED_TASKS])
    return wrapped(f"Then: {names}{more} (--task NAME shows one)", width, "  ")


def _next(report: Report, ending: str) -> str:
    """What is next where nothing is wrong, or after full marks."""
    waiting = [task for task in report.tasks if task.verdict in standing.OPEN_VERDICTS]
    if waiting and not (ending and report.score >= report.max_score):
        first = waiting[0]
        why = f" ({first.message})" if first.message else ""
        return "" if _to_mend(report, ()) else f"Next: {first.name}{why}"
    return ending if report.score >= report.max_score else ""


def rows(report: Report) -> list[str]:
    """A line for each task."""
    return verdict_columns.lines(report.tasks)


def detail(task: TaskReport, submission: str) -> list[str]:
    """Lines with all there is on a task: message, diagnosis, line, and counterexample."""
    width = screen.WIDEST_TEXT
    return _joined(
        _message(task, width),
        _diagnosis(task, width),
        [f"    {line(task.line)}"] if task.line else [],
        _case(task, screen.ENDLESS, screen.ENDLESS),
        seen.lines(task.seen, width, LONGEST_PRINT),
        _session(task, submission, screen.ENDLESS),
    )


verdict = verdict_columns.in_words


def _message(task: TaskReport, width: int) -> list[str]:
    text = clean(task.message or task.verdict, PARAGRAPH)
    text = text if text.endswith((".", "?")) else text + "."
    lines = wrapped(f"{task.name}: {text}", width, "  ", "    ")
    return [lines[0].replace(task.name, click.style(task.name, bold=True), 1), *lines[1:]]


def _case(task: TaskReport, width: int, rows: int, results: int = screen.ENDLESS) -> list[str]:
    if task.counterexample is None:
        return []
    from checker.reports import counterexample  # imports numpy

    lines = counterexample.shown(task.counterexample, width, rows, results)
    return lines if rows == screen.ENDLESS else [line for line in lines if line]


def _session(task: TaskReport, submission: str, width: int) -> list[str]:
    case = task.counterexample
    if case is None:
        return []
    from checker.reports import counterexample  # imports numpy

    return counterexample.snippet(task.name, case, submission, task.verdict, width)[1:]


def _source(task: TaskReport, width: int) -> list[str]:
    return wrapped(line(task.line), width, "    ", "      ") if task.line else []


def line(source: Line) -> str:
    """The number of a line of the submission, and its text."""
    cell = f"code cell {source['cell']}, " if source["cell"] else ""
    return f"{cell}line {source['number']}: {clean(source['text'])}"


def _diagnosis(task: TaskReport, width: int, *, also: bool = True) -> list[str]:
    """The misconception, the hint, and perhaps further observations."""
    if not task.diagnosis:
        return []
    diagnosis: Diagnosis = task.diagnosis
    prefix = "Perhaps: " if diagnosis["certainty"] == "likely" else ""
    lines = wrapped(f"{prefix}{clean(diagnosis['misconception'], PARAGRAPH)}", width, "    ")
    hint = wrapped(clean(diagnosis["hint"], PARAGRAPH), width, "    ")
    lines += [click.style(text, fg="cyan") for text in hint]
    for sentence in diagnosis.get("also", ()) if also else ():
        lines += wrapped(f"Also: {clean(sentence, PARAGRAPH)}", width, "    ", "      ")
    return lines
