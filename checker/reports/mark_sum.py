"""How a mark comes about, so that it can be added up by hand."""

from checker.grading.report import Report, Step
from checker.sandbox.plain_text import PARAGRAPH, clean


def steps(report: Report) -> list[str]:
    """A line for each step from the points of the tasks to the mark."""
    return [line(step) for step in report.steps]


def line(step: Step) -> str:
    """One step: its name, what it adds, and why."""
    points = f" {step['points']:+g}" if step["points"] else ""
    return f"{step['name']}{points}: {clean(step['why'], PARAGRAPH)}"


def lines(report: Report) -> list[str]:
    """The whole sum, if there are steps: the points of the tasks, the steps and the mark."""
    if not report.steps:
        return []
    points = " + ".join(f"{task.score:g}" for task in report.tasks)
    total = round(sum(task.score for task in report.tasks), 2)
    mark = f"mark: {report.score:g} of {report.max_score:g} points"
    return [f"tasks: {points} = {total:g}", *steps(report), mark]
