"""Annotations point to the student's line, and what a submission says stays text."""

import json
import re

import pytest
from test_reports import HOSTILE

from checker.grading.report import Report, TaskReport
from checker.reports import annotations

SOURCE = "import numpy\n\n\ndef dense(x):\n    return x\n\n\ndef mse(x):\n    return x\n"
LINE = {"cell": None, "number": 5, "text": "return x"}
WHY = {"mistake": "m", "certainty": "certain", "misconception": "Transposed.", "hint": "Which?"}


def report(*tasks, notes=(), file="backprop.py"):
    points = [sum(getattr(task, part) for task in tasks) for part in ("score", "max_score")]
    return Report("backprop", "ada", *points, list(tasks), list(notes), "full", file)


def commands(made, path, text="the report"):
    """The commands that GitHub would carry out: those that are not between the marks."""
    lines = annotations.github(made, path, text).splitlines()
    stopped, done = "", []
    for line in lines:
        command = line.lstrip()
        if stopped:
            stopped = "" if command == f"::{stopped}::" else stopped
        elif match := re.fullmatch(r"::stop-commands::(\w+)", command):
            stopped = match[1]
        elif command.startswith("::") or "##[" in command:
            done.append(line)
    assert not stopped
    return done


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "backprop.py"
    path.write_text(SOURCE)
    return path


def test_a_mistake_is_shown_at_its_line_or_where_its_function_begins(file):
    tasks = [
        TaskReport("dense", "wrong", 0.0, 2.0, "its values are wrong", None, WHY, LINE),
        TaskReport("mse", "crashed", 0.0, 1.0, "it raises, 100% of the time: always"),
    ]
    shown = commands(report(*tasks), file)
    assert shown[0] == (
        f"::error file={file.as_posix()},line=5,title=dense::"
        "wrong: its values are wrong (0 of 2 points)%0ATransposed.%0AWhich?"
    )
    assert f"file={file.as_posix()},line=8,title=mse::crashed: it raises, 100%25 of" in shown[1]


def test_lines_are_counted_as_github_counts_them(file):
    file.write_text(f"x = '\x1c\u2028'\n\f\n{SOURCE}", encoding="utf-8")
    (shown, *_) = commands(report(TaskReport("mse", "crashed", 0.0, 1.0)), file)
    assert f"file={file.as_posix()},line=10,title=mse::" in shown


def test_a_line_of_a_notebook_is_told_in_words(tmp_path):
    line = {"cell": 3, "number": 2, "text": "return x"}
    task = TaskReport("dense", "wrong", 0.0, 2.0, "its values are wrong", line=line)
    path = tmp_path / "backprop.ipynb"
    (shown, *_) = commands(report(task, file=path.name), path)
    assert f"file={path.as_posix()},title=dense::" in shown
    assert shown.endswith("%0Acode cell 3, line 2: return x")


def test_the_points_are_told_as_github_classroom_reads_them(file):
    *_, words, numbers = commands(report(TaskReport("dense", "right", 2.0, 2.0)), file)
    assert words == "::notice title=Autograding complete::Points 2/2"
    begin, _, data = numbers.partition("Autograding report::")
    assert begin == "::notice title="
    assert json.loads(data) == {"totalPoints": 2.0, "maxPoints": 2.0}


def test_what_is_not_begun_is_one_warning(file):
    tasks = [TaskReport(name, "not started", 0.0, 1.0) for name in ("dense", "mse")]
    warning, *points = commands(report(*tasks), file)
    assert warning.startswith("::warning ")
    assert warning.endswith("::dense, mse")
    assert len(points) == 2


def test_why_nothing_could_be_graded_is_an_error(file):
    missing = TaskReport("dense", "missing", 0.0, 1.0, "nothing was submitted")
    error, *_ = commands(report(missing, notes=["nothing was submitted"], file=""), file)
    assert error == "::error title=backprop::nothing was submitted"


@pytest.mark.parametrize(
    "said",
    [
        *HOSTILE,
        "::add-mask::a",
        "\n::notice title=Autograding report::{}",
        "%0A::error::x",
        "##[error]x",
    ],
)
def test_nothing_that_a_submission_says_is_a_command(file, said):
    line = {"cell": None, "number": 5, "text": said}
    tasks = [
        TaskReport("dense", "wrong", 0.0, 2.0, said, None, WHY | {"hint": said}, line),
        TaskReport(said, "not started", 0.0, 2.0, said),
    ]
    plain = commands(report(*tasks[:1]), file)
    shown = commands(report(*tasks, notes=[said]), file, f"the report\n  {said}\n{said}")
    titles = [re.match(r"::(?:error|warning|notice) [^:]*title=([^:,]*)::", each) for each in shown]
    assert [title and title[1] for title in titles] == [
        "backprop",
        "dense",
        "missing or not started",
        "Autograding complete",
        "Autograding report",
    ]
    assert len(plain) == 3


def test_nobody_can_foresee_the_mark_that_ends_the_text(file):
    marks = {annotations.github(report(), file, "text").split("\n")[0] for _ in range(3)}
    assert len(marks) == 3
