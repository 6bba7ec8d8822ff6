"""A class as JUnit XML for CI systems: a test suite per submission, a test case per task."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import TaskReport
from checker.reports.formats import Files, Options, feedback
from checker.sandbox.plain_text import visible

FORBIDDEN_CHARACTERS = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # in XML 1.0
ERROR_VERDICTS = {"crashed", "timed out"}
SKIPPED_VERDICTS = {"not started", "missing"}


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    root = Element("testsuites", name=assignment.name)
    for row in rows:
        _suite(root, row)
    indent(root)
    return {"junit.xml": tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}


def _suite(root: Element, row: ClassRow) -> None:
    tasks = row.report.tasks
    kinds = [_kind(task) for task in tasks]
    count = {"errors": "error", "failures": "failure", "skipped": "skipped"}
    numbers = {name: str(kinds.count(kind)) for name, kind in count.items()}
    suite = SubElement(
        root, "testsuite", numbers, name=_xml_text(row.report.submission), tests=str(len(tasks))
    )
    points = SubElement(suite, "properties")
    SubElement(points, "property", name="score", value=f"{row.report.score:g}")
    SubElement(points, "property", name="max_score", value=f"{row.report.max_score:g}")
    SubElement(points, "property", name="isolation", value=row.report.isolation)
    for note in row.misleading:
        SubElement(points, "property", name="note", value=note)
    for override in row.overrides:
        words = f"{override.points:g}, was {override.before:g}"
        SubElement(points, "property", name=f"set by hand: {override.task}", value=words)
    for task, kind in zip(tasks, kinds, strict=True):
        name = _xml_text(row.report.submission)
        case = SubElement(suite, "testcase", classname=name, name=_xml_text(task.name), time="0")
        if kind:
            words = _xml_text(f"{task.verdict}: {task.message}" if task.message else task.verdict)
            SubElement(case, kind, message=words).text = _xml_text(
                feedback.task_text(task, row.file)
            )


def _kind(task: TaskReport) -> str:
    if task.verdict == "right":
        return ""
    if task.verdict in ERROR_VERDICTS:
        return "error"
    return "skipped" if task.verdict in SKIPPED_VERDICTS else "failure"


def _xml_text(text: str) -> str:
    """Text with an escape for what XML cannot hold or nobody can see."""
    return FORBIDDEN_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", visible(text))
