"""Full marks are never shown as a failure, and some of the points never as none."""

import dataclasses
import json
from xml.etree import ElementTree

import pytest
from made_files import files
from test_reports import BACKPROP, ORDINARY, Elements

from checker.grading.report import Report, TaskReport
from checker.reports import annotations, terminal

FULL = ("other convention", "carried forward", "unstable", "other shape", "mutates its input")
PARTLY = ("unstable", "other shape", "mutates its input", "carried forward", "wrong", "crashed")


def row(verdict, score):
    reason = "half of the points" if 0 < score < 4 else ""
    tasks = [
        TaskReport("dense", verdict, score, 4.0, "it is half a loss", reason=reason),
        TaskReport("mse", "right", 1.0, 1.0),
    ]
    report = Report("backprop", "ada", score + 1, 5.0, tasks, file="ada.py")
    return dataclasses.replace(ORDINARY[0], report=report, file="ada.py")


def only(form, each):
    (data,) = files(form, BACKPROP, [each]).values()
    return data.decode()


def in_junit(each):
    """The elements in the first test case, and the standard output of the suite."""
    (suite,) = ElementTree.fromstring(only("junit", each))
    return list(suite.find("testcase")), suite.findtext("system-out")


def annotated(each, tmp_path):
    lines = annotations.github(each.report, tmp_path / "ada.txt", "text").splitlines()
    return [line for line in lines if "title=dense" in line]


@pytest.mark.parametrize("verdict", FULL)
def test_full_marks_pass_and_what_there_is_to_say_is_said(verdict, tmp_path):
    each = row(verdict, 4.0)
    test = json.loads(only("gradescope", each))["tests"][0]
    assert (test["status"], test["score"]) == ("passed", 4.0)
    assert "it is half a loss" in test["output"]
    inside, out = in_junit(each)
    assert inside == []
    assert "it is half a loss" in out
    (line,) = annotated(each, tmp_path)
    assert line.startswith("::notice ")
    assert f"{verdict}: it is half a loss" in line
    page = only("html", each)
    assert f'<span class="right">{verdict}</span>' in page
    assert 'class="wrong"' not in page.replace('<i class="wrong"></i>no points', "").replace(
        '<i class="wrong" style="width:0.00%">', ""
    )
    assert "✗" not in terminal.one(each.report)


@pytest.mark.parametrize("verdict", PARTLY)
def test_some_of_the_points_are_a_failure_that_says_how_many(verdict, tmp_path):
    each = row(verdict, 2.0)
    test = json.loads(only("gradescope", each))["tests"][0]
    assert (test["status"], test["score"], test["max_score"]) == ("failed", 2.0, 4.0)
    assert "dense: 2 of 4 points, half of the points" in test["output"]
    ((failure,), _) = in_junit(each)
    assert failure.tag == ("error" if verdict == "crashed" else "failure")
    assert failure.get("message") == f"{verdict}: half of the points: it is half a loss"
    assert "2 of 4 points" in failure.text
    (line,) = annotated(each, tmp_path)
    assert line.startswith("::warning ")
    assert "(2 of 4 points)" in line
    assert f'<span class="partly">{verdict}: half of the points</span>' in only("html", each)


@pytest.mark.parametrize(("verdict", "tag"), [("wrong", "failure"), ("missing", "skipped")])
def test_no_points_are_no_success(verdict, tag, tmp_path):
    each = row(verdict, 0.0)
    assert json.loads(only("gradescope", each))["tests"][0]["status"] == "failed"
    ((element,), _) = in_junit(each)
    assert element.tag == tag
    levels = [line.split(" ")[0] for line in annotated(each, tmp_path)]
    assert levels == (["::error"] if verdict == "wrong" else [])
    assert f'<span class="{"wrong" if verdict == "wrong" else "open"}">' in only("html", each)


def test_the_bars_of_a_class_count_points_and_not_verdicts():
    rows = [row("other convention", 4.0), row("wrong", 2.0), row("wrong", 0.0), row("missing", 0.0)]
    page = files("html", BACKPROP, rows)["report.html"].decode()
    bar = "".join(
        f'<i class="{kind}" style="width:25.00%"></i>'
        for kind in ("right", "partly", "wrong", "open")
    )
    assert f'<div class="bar" aria-hidden="true">{bar}</div>' in page
    assert "1 full, 1 some, 1 none, 1 open" in page
    assert "some of the points" in Elements(page).text
