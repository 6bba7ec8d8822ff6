"""What the page of a class says about all submissions together: its numbers, without their HTML."""

import statistics
from collections import Counter
from dataclasses import dataclass

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import Report
from checker.reports import standing

MOST_BARS = 24
TALLEST_BAR = 6.8  # rem
KINDS = {  # the class of the page's style for each
    standing.FULL: "right",
    standing.PARTLY: "partly",
    standing.NONE: "wrong",
    standing.OPEN: "open",
}
IN_SHORT = {"right": "full", "partly": "some", "wrong": "none", "open": "open"}


@dataclass(frozen=True)
class Bar:
    """The students with some points: how many, and the height of their bar."""

    label: str
    count: int
    height: float


@dataclass(frozen=True)
class Histogram:
    """The distribution of points: a bar for each point, or for `width` of them."""

    width: int
    bars: list[Bar]


@dataclass(frozen=True)
class TaskSummary:
    """How a class did in a task. `counts` has the students by the kind of their result."""

    name: str
    points: float
    tried: int
    full: int  # per cent of the class
    discrimination: str
    counts: dict[str, int]

    @property
    def words(self) -> str:
        shown = (f"{count} {IN_SHORT[kind]}" for kind, count in self.counts.items() if count)
        return ", ".join(shown)


@dataclass(frozen=True)
class Mistake:
    """A misconception, and the numbers of the rows in which it was found."""

    task: str
    misconception: str
    hint: str
    who: list[int]


def facts(assignment: Assignment, rows: list[ClassRow]) -> dict[str, str]:
    scores = [row.report.score for row in rows]
    return {
        "mean": f"{statistics.fmean(scores):.1f}",
        "median": f"{statistics.median(scores):g}",
        "full marks": str(sum(score >= assignment.maximum for score in scores)),
        "late": str(sum(row.submission.late for row in rows)),
        "need attention": str(sum(map(needs_attention, rows))),
        "isolation": " and ".join(sorted({row.report.isolation for row in rows} - {""})) or "none",
    }


def histogram(assignment: Assignment, rows: list[ClassRow]) -> Histogram:
    scores = [int(row.report.score) for row in rows]
    highest = max(int(assignment.maximum), *scores)  # with a bonus, a mark may be higher
    width = max(1, -(-(highest + 1) // MOST_BARS))
    number = highest // width + 1
    count = Counter(score // width for score in scores)
    most = max(count.values())
    heights = (TALLEST_BAR * count[i] / most for i in range(number))
    return Histogram(width, [Bar(str(i * width), count[i], h) for i, h in enumerate(heights)])


def needs_attention(row: ClassRow) -> bool:
    """Whether the grader failed, or none of the submitted files could be graded."""
    return row.fault or (bool(row.submission.files) and not row.file)


def changed(row: ClassRow) -> bool:
    """Whether it has other points or verdicts than after the last run."""
    return row.before is not None and _outcome(row.before) != _outcome(row.report)


def _outcome(report: Report) -> tuple[float, dict[str, str]]:
    return report.score, {task.name: task.verdict for task in report.tasks}


def words(row: ClassRow) -> list[str]:
    """Labels beside the name of a submission: late, group, attempt, nothing submitted."""
    submission = row.submission
    found = ["late"] if submission.late else []
    found += [f"group of {len(submission.people)}"] if len(submission.people) > 1 else []
    found += [f"attempt {submission.earlier + 1}"] if submission.earlier else []
    found += ["nothing submitted"] if not submission.files else []
    return found + (["points set by hand"] if row.overrides else [])


def tasks(rows: list[ClassRow]) -> list[TaskSummary]:
    found = []
    for number, first in enumerate(rows[0].report.tasks):
        results = [row.report.tasks[number] for row in rows]
        stands = Counter(map(standing.of, results))
        found.append(
            TaskSummary(
                first.name,
                first.max_score,
                sum(task.verdict not in standing.OPEN_VERDICTS for task in results),
                round(100 * stands[standing.FULL] / len(rows)),
                _discrimination(rows, number),
                {kind: stands[how] for how, kind in KINDS.items()},
            )
        )
    return found


def _discrimination(rows: list[ClassRow], number: int) -> str:
    """The correlation of the points of a task with those of all others together."""
    submitted = [row.report.tasks for row in rows if row.submission.files]
    own = [tasks[number].score for tasks in submitted]
    # Rounded, because sums that differ in their last digit only are alike.
    rest = [
        round(sum(task.score for task in tasks) - tasks[number].score, 6) for tasks in submitted
    ]
    if len({*own}) < 2 or len({*rest}) < 2:
        return "\u2013"  # all are alike
    return f"{statistics.correlation(own, rest):.2f}"


def mistakes(rows: list[ClassRow]) -> list[Mistake]:
    """The mistakes, the most common first: these are worth discussing in class."""
    rows_of: dict[tuple[str, str, str], list[int]] = {}
    for i, row in enumerate(rows):
        for task in row.report.tasks:
            if task.diagnosis:
                key = task.name, task.diagnosis["misconception"], task.diagnosis["hint"]
                rows_of.setdefault(key, []).append(i)
    ordered = sorted(rows_of.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Mistake(*key, who) for key, who in ordered]
