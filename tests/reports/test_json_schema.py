"""What is written as JSON is what the schema describes, and nothing else."""

import copy
import json
from importlib.resources import files

import jsonschema
import pytest
from test_reports import ATTACKS, ORDINARY, by_hand

from checker.grading.report import Report, TaskReport
from checker.reports.formats import json as json_format

SCHEMA = json.loads((files("checker.reports.formats") / "results.schema.json").read_text())
CASE = {
    "inputs": {"x": [[float("nan")]], "labels": [True]},
    "code": {"x": "np.array([[np.nan]])"},
    "calls": 2,
    "expected": {"y": [1.0]},
    "got": {"y": "text"},
    "failing": 1,
    "cases": 9,
    "source": "the first",
}
WHY = {
    "mistake": "m",
    "certainty": "likely",
    "misconception": "a",
    "hint": "b",
    "also": ["c"],
}
SEEN = {
    "printed": "1\n",
    "cut": 3,
    "warnings": [{"line": 1, "text": "w"}],
    "calls": [{"function": "f", "line": 2}],
}
LINE = {"cell": 1, "number": 2, "text": "y = x"}
FRESH = {"message": "wrong", "counterexample": CASE}
FULL = Report(
    "backprop",
    "ada.py",
    1.5,
    2.0,
    [TaskReport("dense", "wrong", 1.5, 2.0, "w", CASE, WHY, LINE, SEEN, FRESH, "3 of 4 results")],
    ["a note"],
    "limits only",
    "ada.py",
)


def closed(schema):
    """The schema without room for further fields: a program may meet some, the docs may not."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    if "required" in inner and "properties" in inner:
        inner["additionalProperties"] = False
    return inner


VALIDATOR = jsonschema.Draft202012Validator(closed(SCHEMA))


def objects(schema):
    """Every object that the schema describes."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for each in schema:
            yield from objects(each)


def test_the_schema_is_one_and_describes_every_field():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    described = list(objects(SCHEMA))
    assert len(described) >= 12
    for each in described:
        for name, field in each["properties"].items():
            assert field.get("description"), name


def test_a_report_with_all_that_there_can_be_is_valid():
    VALIDATOR.validate(json.loads(json_format.one(FULL)))


def test_a_class_is_valid_whatever_is_said():
    for rows in (ORDINARY, ATTACKS, [by_hand(ORDINARY[0], dense=9.5)]):
        VALIDATOR.validate(json.loads(json_format.many("backprop", rows)))


def places(value, path=()):
    """The path of every field that the schema requires in a report with all that there can be."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*path, number))


RECORD = json.loads(json_format.one(FULL))
FREE = {"inputs", "expected", "got", "code"}  # objects by names of arguments and results
PLACES = [path for path in places(RECORD) if not FREE & set(path[:-1])]


def changed(path, change):
    record = copy.deepcopy(RECORD)
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return record


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_a_field_of_another_type_or_name_is_noticed(path):
    unknown = changed(path, lambda inner, key: inner.update({f"{key}_2": inner[key]}))
    another = changed(path, lambda inner, key: inner.update({key: {"strange": [path]}}))
    assert not VALIDATOR.is_valid(unknown)
    if path[-1] not in FREE:
        assert not VALIDATOR.is_valid(another)


def test_the_version_is_in_both_forms_and_in_the_schema():
    of_class = json.loads(json_format.many("backprop", ORDINARY))
    assert RECORD["version"] == of_class["version"] == json_format.VERSION
    defined = SCHEMA["$defs"]
    for form in ("report", "class"):
        assert defined[form]["properties"]["version"]["const"] == json_format.VERSION
