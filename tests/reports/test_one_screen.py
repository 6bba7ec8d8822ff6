"""A report fits the screen, and what says most stands last, next to the prompt."""

import io
import os
import subprocess
import sys
from pathlib import Path

import click
import numpy as np
import pytest

from checker.course import assignment
from checker.grading.report import Report, TaskReport
from checker.reports import bar, screen, terminal, verdict_columns
from checker.reports.counterexample import shown
from checker.student import overview

SAMPLES = Path(__file__).parents[1] / "sample_class"
WIDTHS = (39, 59, 79, 119, 199)
ROWS = 24
DIAGNOSIS = {
    "mistake": "averaged",
    "certainty": "exact",
    "misconception": "The gradient is averaged over the batch; it must be summed. " * 3,
    "hint": "How many rows does one bias serve, and what does the chain rule do then?",
}


def case(rows, columns, wrong=(0, 0)):
    want = np.arange(float(rows * columns)).reshape(rows, columns) / 7
    got = want.copy()
    got[wrong] += 1
    return {
        "inputs": {
            "weights": want.tolist(),
            "labels": list(range(columns)),
            "tape": {"setting": [["add", 0, 1]] * rows},
        },
        "code": {"weights": f"np.array({want.tolist()})", "labels": "np.array([1])"},
        "failing": 3,
        "cases": 40,
        "expected": {"dprediction": want.tolist()},
        "got": {"dprediction": got.tolist()},
    }


def task(name, verdict, **more):
    return TaskReport(name, verdict, 1.0 if verdict == "right" else 0.0, 1.0, **more)


def report(count, worst, isolation="full"):
    """A report on this many tasks, of which one has such a counterexample."""
    kinds = ("right", "not started", "carried forward", "wrong")
    tasks = [task(f"cross_entropy_{number}", kinds[number % 4]) for number in range(count)]
    line = {"cell": None, "number": 41, "text": "dbias = grad.mean(axis=0)"}
    message = "dbias is wrong, dx and dweight are right"
    tasks.append(
        task(
            "dense_backward",
            "wrong",
            message=message,
            counterexample=worst,
            diagnosis=DIAGNOSIS,
            line=line,
        )
    )
    return Report("backprop", "backprop.py", 3.0, 20.0, tasks, ["line 3: " + "x" * 150], isolation)


CASES = {
    "none": None,
    "one number": case(1, 1),
    "tall": case(40, 2, (31, 1)),
    "wide": case(2, 40, (1, 33)),
    "words": case(3, 3) | {"got": {"dprediction": "a list of 3 numbers " * 20}},
}


def page(found, width, rows=ROWS, **how):
    size = os.terminal_size((width, rows))
    return click.unstyle(terminal.one(found, size, saved=("dense_backward",), **how)).split("\n")


@pytest.mark.parametrize("worst", CASES.values(), ids=CASES)
@pytest.mark.parametrize("count", [0, 1, 9, 22])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_fits_the_screen(width, count, worst):
    lines = page(report(count, worst), width)
    assert len(lines) < ROWS
    assert max(map(len, lines)) <= width
    assert lines[0].startswith("backprop: backprop.py")
    text = " ".join(" ".join(lines).split())
    assert "dbias is wrong, dx and dweight are right." in text
    assert text.endswith(DIAGNOSIS["hint"])


@pytest.mark.parametrize("name", ["tall", "wide"])
@pytest.mark.parametrize("width", [79, 119])
def test_the_wrong_entry_of_a_large_array_is_among_those_shown(name, width):
    text = "\n".join(page(report(3, CASES[name]), width))
    assert "\u00bb" in text
    assert "..." in text
    assert "\u00bb" in "\n".join(map(click.unstyle, shown(CASES[name], width, 3)))


def test_the_failing_case_is_shown_with_its_first_wrong_result_where_there_is_room_for_one():
    names = ("z1", "a1", "z2", "a2")
    many = {
        "inputs": dict.fromkeys(("x", "w1", "b1", "w2", "b2"), 0.5),
        "failing": 48,
        "cases": 58,
        "expected": dict.fromkeys(names, 1.0),
        "got": dict.fromkeys(names, 2.0),
    }
    also = ["It is wrong in most cases where w1 is not 1, and right everywhere else."]
    told = {"message": "z1, a1, z2 and a2 are wrong", "counterexample": many}
    for diagnosis in (DIAGNOSIS, DIAGNOSIS | {"also": also * 3}):
        failed = task("forward_pass", "wrong", **told, diagnosis=diagnosis)
        found = Report("backprop", "backprop.py", 0.0, 2.0, [failed])
        lines = "\n".join(page(found, 79, 22))
        assert "z1 should be  1" in lines
        assert "a1 should be" not in lines
        assert "Also: " not in lines
        tall = "\n".join(page(found, 79, 60))
        assert "a2 should be  1" in tall
        assert tall.count("Also: ") == len(diagnosis.get("also", ()))


def test_expected_and_actual_values_show_the_same_entry():
    lines = [click.unstyle(line) for line in shown(CASES["wide"], 79, 1)]
    want, got = (next(x for x in lines if head in x) for head in ("should be", "and is"))
    assert "10.4286" in want
    assert "»11.4286«" in got
    assert max(map(len, lines)) <= 79


def test_the_session_is_shown_where_there_is_room_or_on_request():
    found = report(9, CASES["one number"])
    assert "To see it in a Python session:" not in "\n".join(page(found, 79))
    assert "To see it in a Python session:" in "\n".join(page(found, 79, 60))
    asked = page(found, 79, session=True)
    assert len(asked) < ROWS
    assert "      weights = np.array([[0.0]])" in asked


def test_code_to_paste_is_broken_within_its_brackets_only():
    lines = page(report(0, case(2, 6)), 60, 200)
    start = next(number for number, line in enumerate(lines) if "weights = np.array" in line)
    end = next(number for number, line in enumerate(lines) if "labels = np.array" in line)
    assert end - start > 1
    names = {"np": np}
    exec("\n".join(line.removeprefix("      ") for line in lines[start:end]), names)
    assert names["weights"].shape == (2, 6)


def test_verdicts_stand_in_as_few_lines_as_the_width_allows():
    tasks = report(9, None).tasks
    lines = {width: len(verdict_columns.full(tasks, width)) for width in WIDTHS}
    assert lines == {39: 10, 59: 10, 79: 7, 119: 4, 199: 2}
    every = "\n".join(verdict_columns.full(tasks, 79))
    assert all(each.name in every for each in tasks)


def test_what_was_saved_is_explained_first():
    tasks = [task("dense", "wrong"), task("sgd_step", "wrong"), task("relu", "right")]
    found = Report("backprop", "backprop.py", 1.0, 3.0, tasks)
    assert "  dense: wrong." in click.unstyle(terminal.one(found)).split("\n")
    saved = click.unstyle(terminal.one(found, saved=("sgd_step", "relu"))).split("\n")
    assert "  sgd_step: wrong." in saved
    assert "  Then: dense (--task NAME shows one)" in saved


def test_only_a_lack_of_isolation_is_told():
    assert "isolation" not in "\n".join(page(report(1, None), 79))
    for lacking in ("limits only", "none"):
        text = "\n".join(page(report(1, None, lacking), 79))
        assert f"isolation: {lacking}; `check doctor` explains it" in text


def test_the_ending_is_told_after_full_marks_only():
    right = Report("a", "a.py", 1.0, 1.0, [task("dense", "right")])
    assert terminal.one(right, ending="What now?").endswith("\n\n  What now?")
    begun = Report("a", "a.py", 0.0, 1.0, [task("dense", "not started")])
    assert terminal.one(begun, ending="What now?").endswith("\n\n  Next: dense")
    why = "there is no function dense: the file is empty"
    lost = Report("a", "a.py", 0.0, 1.0, [task("dense", "missing", message=why)])
    assert terminal.one(lost, ending="What now?").endswith(f"\n\n  Next: dense ({why})")


def test_a_command_is_never_broken():
    lines = screen.wrapped("Next, the losses: `check start losses`", 22)
    assert lines == ["Next, the losses:", "`check start losses`"]


def test_a_verdict_can_be_told_in_an_old_encoding_and_without_colour(tmp_path):
    """What is piped on Windows is in the encoding of the country."""
    path = SAMPLES / "wrong_mean_instead_of_sum.py"
    done = subprocess.run(
        [sys.executable, "-m", "checker", "backprop", str(path), "--no-shrink"],
        env=os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(SAMPLES.parents[1])},
        capture_output=True,
        check=False,
    )
    text = done.stdout.decode("cp1252")
    for mark in ("+ dense ", "x dense_backward", "~ network_gradient", "»", "«"):
        assert mark in text
    assert "?" not in text.replace("several paths?", "")
    assert "\x1b" not in text


def test_every_mark_has_a_plain_letter():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    screen.plain_marks(stream)
    marks = {mark for mark, _ in [*verdict_columns.MARKS.values(), verdict_columns.WRONG_MARK]}
    stream.write("".join(sorted(marks)) + bar.drawn(1, 2, 2) + "»3« 長")
    stream.flush()
    assert stream.buffer.getvalue() == b"~.+x#->3< ?"


@pytest.mark.parametrize(
    ("variable", "words"),
    [("COLUMNS", "60"), ("COLUMNS", "0"), ("COLUMNS", "-3"), ("LINES", "many")],
)
def test_a_pipe_is_as_wide_as_the_environment_says(monkeypatch, variable, words):
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, words)
    assert screen.size() == ((59, screen.ENDLESS) if words == "60" else (79, screen.ENDLESS))


def test_an_assignment_of_the_course_is_listed_in_any_width(monkeypatch, tmp_path):
    found = [assignment.find(name) for name in assignment.names()]
    for width in WIDTHS:
        lines = overview.page(found, tmp_path, width).split("\n")
        assert max(map(len, lines)) <= width
        assert sum(line.startswith("  ") for line in lines) == len(found)
