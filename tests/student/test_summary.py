"""`check progress` says what was solved and when, what is open, and what is next."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from checker.course import assignment
from checker.student import progress, summary

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
COURSE = [assignment.find(name) for name in assignment.names()]


def test_a_new_folder_begins_with_the_first_assignment(check):
    lines = check("progress").output.splitlines()
    assert lines[0] == "0 of 373 points, 0 of 170 tasks solved in this folder."
    assert lines[-1] == "Next: Tensors and data, `check start tensors`"
    Path("tensors.py").write_text("")
    assert check("progress").output.endswith("`check tensors`\n")


def test_solved_tasks_have_their_day_and_others_are_open(check):
    Path("backprop.py").write_text(RIGHT.replace("def delta_rule", "def other"))
    check("backprop", "--no-shrink")
    shown = check("progress").output
    assert "backprop: Backpropagation, 18 of 20 points" in shown
    assert f"\n  {datetime.now().astimezone():%Y-%m-%d}  forward_pass, backward_pass," in shown
    assert "\n  open        delta_rule\n" in shown
    assert shown.endswith("Next: delta_rule of backprop. `check hint backprop delta_rule` helps.\n")
    assert max(map(len, shown.splitlines())) < 80


def test_the_summary_moves_with_the_folder(check, tmp_path, monkeypatch):
    Path("backprop.py").write_text(RIGHT)
    check("backprop")
    before = check("progress").output
    assert "20 of 20 points" in before
    (tmp_path / "work").rename(tmp_path / "elsewhere")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert check("progress").output == before


def test_the_day_is_that_of_the_first_time_and_is_lost_with_the_points(check, tmp_path):
    path = tmp_path / "work" / "backprop.py"
    path.write_text(RIGHT)
    check("backprop", "--task", "dense", "--task", "sgd_step")
    (stored,) = (tmp_path / "data" / "gradproof" / "progress").iterdir()
    text = re.sub(r'"solved": "[^"]+"', '"solved": "2020-02-03 12:00 UTC"', stored.read_text())
    stored.write_text(text)
    path.write_text(RIGHT.replace("return np.dot(x, weight) + bias", "return 0 * x"))
    check("backprop", "--no-shrink", "--task", "dense", "--task", "sgd_step")
    tasks = progress.load(Path()).tasks["backprop"]
    assert tasks["sgd_step"].solved == "2020-02-03 12:00 UTC"
    assert tasks["dense"].solved == ""


@pytest.mark.parametrize("solved", ["", "yesterday"])
def test_progress_without_days_is_shown_too(solved, monkeypatch):
    known = progress.Progress({"backprop": {"dense": progress.TaskProgress("right", 1.0)}})
    known.tasks["backprop"]["dense"] = progress.TaskProgress("right", 1.0, solved=solved)
    monkeypatch.setattr(progress, "load", lambda folder: known)
    assert "  earlier     dense\n" in summary.page(COURSE, Path(), 80)


def test_at_the_end_everything_is_solved(monkeypatch):
    tasks = {
        a.name: {t.function: progress.TaskProgress("right", t.points) for t in a.tasks}
        for a in COURSE
    }
    monkeypatch.setattr(progress, "load", lambda folder: progress.Progress(tasks))
    shown = summary.page(COURSE, Path(), 80)
    assert shown.endswith("\n\nEverything is solved.")
    assert "open" not in shown
    assert "Not checked" not in shown
