"""JUnit XML has two common schemas. What both ask for is stated here, and holds for every report.

Ant's (JUnit.xsd of Windy Road) fixes the order of elements and all attributes; Jenkins's
(junit-10.xsd of its xUnit plugin) allows more, in any order.
"""

import dataclasses
import re
from xml.etree import ElementTree

import pytest
from test_reports import ATTACKS, HOSTILE, ORDINARY, by_hand, only, row

TOKEN = re.compile(r"\S+( \S+)*")  # one line without spaces at its ends, and not empty
COUNT = re.compile(r"[0-9]+")
TEXT = re.compile(r".*", re.DOTALL)
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
SECONDS = re.compile(r"[0-9]{1,3}(\.[0-9]+)?")  # Jenkins wants no sign and no exponent
FAILED = {"message": TEXT, "type": TEXT}  # Ant: `type` has to be there
# For each element, what its attributes have to be, all of them, and no others.
ATTRIBUTES = {
    "testsuites": {},  # Ant: none
    "testsuite": {
        **dict.fromkeys(("name", "package", "hostname"), TOKEN),
        **dict.fromkeys(("id", "tests", "failures", "errors", "skipped"), COUNT),
        "timestamp": TIME,
        "time": SECONDS,
    },
    "properties": {},
    "property": {"name": TOKEN, "value": TEXT},
    "testcase": {"name": TOKEN, "classname": TOKEN, "time": SECONDS},
    "failure": FAILED,
    "error": FAILED,
    "skipped": FAILED,
    "system-out": {},
    "system-err": {},
}
# Ant: the elements inside each, in this order.
INSIDE = {
    "testsuites": r"(testsuite )*",
    "testsuite": r"properties (testcase )*system-out system-err ",
    "properties": r"(property )*",
    "testcase": r"((skipped|error|failure) )?",
}
CLASSES = {
    "ordinary": ORDINARY,
    "hostile": ATTACKS,
    "set by hand": [by_hand(ORDINARY[0], dense=9.5, sgd_step=5.0)],
    "named by spaces": [row(1, "  two  words \n")],
    "nobody": [],
}


def errors(root):
    """What both schemas would object to."""
    for element in root.iter():
        wanted = ATTRIBUTES.get(element.tag)
        if wanted is None or element.attrib.keys() != wanted.keys():
            yield element.tag, sorted(element.attrib)
        else:
            yield from (
                (element.tag, name, value)
                for name, value in element.attrib.items()
                if not wanted[name].fullmatch(value)
            )
        inside = "".join(f"{child.tag} " for child in element)
        if not re.fullmatch(INSIDE.get(element.tag, ""), inside):
            yield element.tag, inside
    for number, suite in enumerate(root):
        cases = [child.tag for case in suite.findall("testcase") for child in case]
        counted = {"failures": "failure", "errors": "error", "skipped": "skipped"}
        if any(int(suite.get(name)) != cases.count(tag) for name, tag in counted.items()):
            yield "the numbers of", suite.get("name")
        if (suite.get("id"), suite.get("tests")) != (str(number), str(len(suite) - 3)):
            yield "the id or the number of tests of", suite.get("name")


@pytest.mark.parametrize("rows", CLASSES.values(), ids=CLASSES)
def test_both_schemas_accept_a_class(rows):
    root = ElementTree.fromstring(only("junit", rows=rows))
    assert len(root) == len(rows)
    assert list(errors(root)) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_both_schemas_accept_every_name_of_a_task(text):
    each = row(1)
    each.report.tasks[:] = [dataclasses.replace(task, name=text) for task in each.report.tasks]
    assert list(errors(ElementTree.fromstring(only("junit", rows=[each])))) == []


def test_what_a_schema_forbids_is_noticed():
    text = only("junit")
    for old, new in (
        ("<testsuites>", '<testsuites name="x">'),
        (' package="backprop"', ""),
        (' hostname="localhost"', ""),
        ('timestamp="1980-01-01T00:00:00"', 'timestamp="1980-01-01"'),
        (' type="wrong"', ""),
        ("<system-err />", ""),
        ('failures="1"', 'failures="2"'),
        ('name="dense"', 'name=" dense"'),
    ):
        changed = text.replace(old, new)
        assert changed != text, old
        assert list(errors(ElementTree.fromstring(changed))), old
