"""How a task stands by its points: full marks are no failure, whatever the verdict."""

from checker.grading.report import TaskReport

FULL, PARTLY, NONE, OPEN = "full marks", "some of the points", "no points", "missing or not started"
OPEN_VERDICTS = ("not started", "missing")


def of(task: TaskReport) -> str:
    if task.score >= task.max_score:
        return FULL
    if task.score > 0:
        return PARTLY
    return OPEN if task.verdict in OPEN_VERDICTS else NONE
