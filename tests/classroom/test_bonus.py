"""The points of a bonus come on top: nothing counts them among those that full marks need."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom.class_list import ClassRow, ClassSubmission
from checker.commands.program import course
from checker.course import assignment
from checker.course.marks import Marks
from checker.grading.files import File
from checker.grading.report import Report, TaskReport
from checker.handout import text_page
from checker.reports import class_summary

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text(encoding="utf-8")
BACKPROP = replace(assignment.find("backprop"), marks=Marks(bonus=("network_gradient",)))


@pytest.fixture
def check(tmp_path, monkeypatch):
    """A course in which network_gradient is a bonus of 4 points, beside 16 others."""
    monkeypatch.chdir(tmp_path)
    Path("course.toml").write_text(
        'title = "T"\ntake = ["backprop"]\n[change.backprop]\nfresh = false\n'
        '[change.backprop.marks]\nbonus = ["network_gradient"]\n'
    )
    return lambda *words: CliRunner().invoke(course, ["-C", ".", *words])


def without(*functions):
    text = RIGHT
    for name in functions:
        text = text.replace(f"def {name}(", f"def other_{name}(")
    Path("backprop.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("lacking", "options", "points", "code"),
    [
        ([], [], "20 of 16", 0),
        (["network_gradient"], [], "16 of 16", 0),
        (["sgd_step"], [], "19 of 16", 1),
        (["sgd_step"], ["--fail-under", "100%"], "19 of 16", 0),
        (["network_gradient", "sgd_step"], ["--fail-under", "100%"], "15 of 16", 1),
        (["network_gradient"], ["--task", "network_gradient"], "0 of 4", 1),
        ([], ["--task", "network_gradient", "--task", "sgd_step"], "5 of 1", 0),
    ],
)
def test_a_file_is_right_without_its_bonus(check, lacking, options, points, code):
    without(*lacking)
    done = check("backprop", *options)
    assert f"{points} points" in done.output
    assert done.exit_code == code
    assert ("All right. Hand in" in done.output) == (code == 0 and not options)


def test_progress_is_that_of_the_other_tasks(check):
    without("network_gradient")
    assert "16 points" in check().output
    check("backprop")
    assert "16 earned" in check().output
    assert check("progress").output.startswith("16 of 16 points, 9 of 10 tasks solved")
    assert check("progress").output.endswith("Everything is solved.\n")
    without("sgd_step")
    check("backprop")
    assert "Next: sgd_step of backprop" in check("progress").output


def test_the_text_says_how_many_points_are_a_bonus():
    page = text_page.page(BACKPROP)
    assert "10 tasks, 16 points and 4 as a bonus." in page
    assert "10 tasks, 20 points." in text_page.page(assignment.find("backprop"))


def test_a_class_has_the_same_highest_mark_everywhere(check):
    Path("class").mkdir()
    for name, lacking in {"all": [], "most": ["network_gradient"], "few": ["sgd_step"]}.items():
        without(*lacking)
        Path("backprop.py").rename(f"class/{name}.py")
    Path("class", "empty.py").write_text("")
    options = ["--report", "html", "--report", "canvas", "--fail-under", "100%"]
    done = check("grade", "class", "-a", "backprop", "-o", "out", *options)
    assert "1 of 4 submissions have less than 16 points." in done.output
    rows = list(csv.DictReader(io.StringIO(Path("out/grades.csv").read_text())))
    marks = {row["submission"]: (row["score"], row["max_score"]) for row in rows}
    assert marks == {
        "all": ("20", "16"),
        "empty": ("0", "16"),
        "few": ("19", "16"),
        "most": ("16", "16"),
    }
    found = json.loads(Path("out/results.json").read_text())["submissions"]
    assert {each["max_score"] for each in found} == {16}
    assert "4 submissions, 16 points" in Path("out/report.html").read_text()
    assert "Points Possible,,,,,16" in Path("out/canvas.csv").read_text()


def row(*scores):
    tasks = [
        TaskReport(task.function, "right", score, task.points)
        for task, score in zip(BACKPROP.tasks, scores, strict=True)
    ]
    report = Report("backprop", "ada", sum(scores), 16.0, tasks)
    return ClassRow(ClassSubmission("ada", (File("a.py"),)), report, "a.py")


def test_the_histogram_ends_at_the_highest_mark_that_somebody_has():
    points = [task.points for task in BACKPROP.tasks]
    low = [row(*[0.0] * 10), row(*points[:-1], 0.0)]
    found = class_summary.histogram(BACKPROP, low)
    assert [bar.label for bar in found.bars] == [str(n) for n in range(17)]
    assert class_summary.facts(BACKPROP, low)["full marks"] == "1"
    found = class_summary.histogram(BACKPROP, [*low, row(*points)])
    assert [(bar.label, bar.count) for bar in found.bars if bar.count] == [
        ("0", 1),
        ("16", 1),
        ("20", 1),
    ]
    assert len(found.bars) == 21
    assert class_summary.facts(BACKPROP, [*low, row(*points)])["full marks"] == "2"
