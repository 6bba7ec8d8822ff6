"""A class as JUnit XML, which CI systems show: a suite for a submission, a case for a task."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.assignment import Assignment
from checker.classroom.handin import Row
from checker.graded import TaskReport
from checker.reports import feedback
from checker.reports.forms import Files, Options

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0
ERRORS = {"crashed", "timed out", "forbidden"}
SKIPPED = {"not started", "missing"}


def files(assignment: Assignment, rows: list[Row], options: Options) -> Files:
    root = Element("testsuites", name=assignment.name)
    for row in rows:
        _suite(root, row)
    indent(root)
    return {"junit.xml": tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}


def _suite(root: Element, row: Row) -> None:
    tasks = row.report.tasks
    kinds = [_kind(task) for task in tasks]
    count = {"errors": "error", "failures": "failure", "skipped": "skipped"}
    numbers = {name: str(kinds.count(kind)) for name, kind in count.items()}
    suite = SubElement(
        root, "testsuite", numbers, name=_legal(row.report.submission), tests=str(len(tasks))
    )
    points = SubElement(suite, "properties")
    SubElement(points, "property", name="score", value=f"{row.report.score:g}")
    SubElement(points, "property", name="max_score", value=f"{row.report.max_score:g}")
    SubElement(points, "property", name="isolation", value=row.report.isolation)
    for task, kind in zip(tasks, kinds, strict=True):
        name = _legal(row.report.submission)
        case = SubElement(suite, "testcase", classname=name, name=_legal(task.name), time="0")
        if kind:
            words = _legal(f"{task.verdict}: {task.message}" if task.message else task.verdict)
            SubElement(case, kind, message=words).text = _legal(feedback.task_text(task))


def _kind(task: TaskReport) -> str:
    if task.verdict == "right":
        return ""
    if task.verdict in ERRORS:
        return "error"
    return "skipped" if task.verdict in SKIPPED else "failure"


def _legal(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
