"""A class as JUnit XML for CI systems: a test suite per submission, a test case per task.

A task with full marks is a test that passes, whatever the verdict; what there is to say about it
stands in `system-out`. One with some of its points is a failure that says so. The elements are
those that the schema of Ant demands, which Jenkins accepts too. It also demands a time, which is
always the same here, so that the same grades make the same file.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.classroom.class_list import ClassRow
from checker.course.assignment import Assignment
from checker.grading.report import TaskReport
from checker.reports import mark_sum, standing, terminal
from checker.reports.formats import Files, Options, feedback
from checker.sandbox.plain_text import visible

FORBIDDEN_CHARACTERS = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # in XML 1.0
ERROR_VERDICTS = {"crashed", "timed out"}
NO_TIME = {"timestamp": "1980-01-01T00:00:00", "time": "0"}


def files(assignment: Assignment, rows: list[ClassRow], options: Options) -> Files:
    yield "junit.xml", _pieces(assignment.name, rows)


def _pieces(assignment: str, rows: list[ClassRow]) -> Iterator[bytes]:
    yield b"<?xml version='1.0' encoding='utf-8'?>\n<testsuites>\n"
    for number, row in enumerate(rows):
        suite = _suite(assignment, row, number)
        indent(suite, level=1)
        yield b"  " + tostring(suite, encoding="utf-8") + b"\n"
    yield b"</testsuites>\n"


def _suite(assignment: str, row: ClassRow, number: int) -> Element:
    tasks, name = row.report.tasks, _line(row.report.submission)
    kinds = [_kind(task) for task in tasks]
    count = {"errors": "error", "failures": "failure", "skipped": "skipped"}
    numbers = {key: str(kinds.count(kind)) for key, kind in count.items()}
    numbers |= {"id": str(number), "tests": str(len(tasks))}
    place = {"name": name, "package": assignment, "hostname": "localhost"}
    suite = Element("testsuite", place | numbers | NO_TIME)
    points = SubElement(suite, "properties")
    for key, value in _properties(row):
        SubElement(points, "property", name=_line(key), value=_xml_text(value))
    remarks = []
    for task, kind in zip(tasks, kinds, strict=True):
        case = SubElement(suite, "testcase", classname=name, name=_line(task.name), time="0")
        said = feedback.task_text(task, row.file) if feedback.remarkable(task) else ""
        if kind:
            verdict = terminal.verdict(task)
            words = _xml_text(f"{verdict}: {task.message}" if task.message else verdict)
            SubElement(case, kind, message=words, type=task.verdict).text = _xml_text(said)
        elif said:
            remarks.append(said)
    SubElement(suite, "system-out").text = _xml_text("\n\n".join(remarks))
    SubElement(suite, "system-err")
    return suite


def _properties(row: ClassRow) -> Iterator[tuple[str, str]]:
    yield "score", f"{row.report.score:g}"
    yield "max_score", f"{row.report.max_score:g}"
    yield "isolation", row.report.isolation
    for step in row.report.steps:
        yield step["name"], mark_sum.line(step)
    for note in row.misleading:
        yield "note", note
    for override in row.overrides:
        yield f"set by hand: {override.task}", f"{override.points:g}, was {override.before:g}"


def _kind(task: TaskReport) -> str:
    """The element that says how a task has failed; empty if it has full marks."""
    stands = standing.of(task)
    if stands == standing.FULL:
        return ""
    if stands == standing.OPEN:
        return "skipped"
    return "error" if task.verdict in ERROR_VERDICTS else "failure"


def _xml_text(text: str) -> str:
    """Text with an escape for what XML cannot hold or nobody can see."""
    return FORBIDDEN_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", visible(text))


def _line(text: str) -> str:
    """One line that is not empty, as the schemas want names."""
    return " ".join(_xml_text(text).split()) or "_"
