"""What was graded into one folder before may count again, and only that."""

import contextlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from checker.classroom import layouts, marks
from checker.classroom.lateness import Calendar
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.course.marks import Marks
from checker.grading import pipeline
from checker.grading.report import Report, TaskReport
from checker.sandbox.worker_pool import Workers

DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
FOUND = assignment.find("backprop")
BACKPROP = replace(
    FOUND,
    tasks=tuple(replace(t, points=20.0) for t in FOUND.tasks if t.function == "dense"),
    fresh=False,
    marks=Marks(due=DUE, late_per_day=0.1, attempts="best"),
)
CLOCK = {"first": "2026-03-01 11:00:00", "second": "2026-03-01 13:00:00", "third": None}


@pytest.fixture(autouse=True, scope="module")
def _one_fork_server():
    with Workers() as run.workers:
        yield


@pytest.fixture(autouse=True)
def points(monkeypatch):
    """Replaces grading: a file has as many points as it says."""

    def grade(found, case_sets, submission, **_):
        score = float(submission.data)
        tasks = [TaskReport("dense", "wrong", score, 20.0)]
        return Report("backprop", submission.name, score, 20.0, tasks, file=submission.filename)

    monkeypatch.setattr(pipeline, "grade", grade)


def run(root, when, data, preview=False, found=BACKPROP):
    """The one row of a class in which ada has submitted this, at a time, or nothing."""
    folder = root / when / "submitted" / "ada" / "backprop"
    folder.mkdir(parents=True, exist_ok=True)
    if data is not None:
        (folder / "backprop.py").write_bytes(data)
        (folder / "timestamp.txt").write_text(f"{CLOCK[when]} UTC")
    _, submissions = layouts.read(root / when, found)
    with contextlib.closing(Store(root / "grades.sqlite")) as store:
        work = Run(found, submissions, store, 1, run.workers, preview=preview)
        list(work.grade())
        (row,) = marks.rows(work.rows, work.earlier(), {}, found, Calendar(found.marks))
    return row


def test_the_best_of_all_that_were_graded_counts_with_its_own_lateness(tmp_path):
    assert run(tmp_path, "first", b"12").report.score == 12
    late = run(tmp_path, "second", b"13")
    assert (late.report.score, late.submission.submitted) == (12, "2026-03-01 11:00:00 UTC")
    assert run(tmp_path, "second", b"15").report.score == 13
    assert [step["name"] for step in late.report.steps] == ["best attempt"]


def test_who_hands_in_nothing_later_keeps_what_counts(tmp_path):
    run(tmp_path, "first", b"12")
    nothing = run(tmp_path, "third", None)
    assert (nothing.report.score, nothing.graded, nothing.file) == (12, True, "backprop.py")


def test_without_best_the_last_one_counts(tmp_path):
    last = replace(BACKPROP, marks=replace(BACKPROP.marks, attempts="last"))
    run(tmp_path, "first", b"12", found=last)
    assert run(tmp_path, "second", b"5", found=last).report.score == 3


def test_a_preview_is_no_attempt(tmp_path):
    run(tmp_path, "first", b"12", preview=True)
    assert run(tmp_path, "second", b"5").report.score == 3


def test_the_time_of_the_same_file_may_be_corrected(tmp_path):
    run(tmp_path, "first", b"12")
    assert run(tmp_path, "second", b"12", preview=True).report.score == 10
    assert run(tmp_path, "second", b"12").report.score == 10


def test_the_same_file_graded_anew_replaces_its_report(tmp_path, monkeypatch):
    run(tmp_path, "first", b"12")
    monkeypatch.setattr("checker.classroom.version.of", lambda *_: "another version")
    quick = pipeline.grade
    monkeypatch.setattr(
        pipeline,
        "grade",
        lambda *a, **k: replace(
            quick(*a, **k), score=2.0, tasks=[TaskReport("dense", "wrong", 2.0, 20.0)]
        ),
    )
    assert run(tmp_path, "first", b"12").report.score == 2
