"""A run over a class goes on where it was stopped, and grades only what has changed again."""

import contextlib
import dataclasses
import errno
import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from checker.cases import case_cache
from checker.classroom import layouts, version
from checker.classroom.run import Run
from checker.classroom.store import Store, StoreError, freeze, thaw
from checker.commands.program import course
from checker.course import assignment
from checker.grading import choose_file, pipeline
from checker.grading.report import Report, TaskReport
from checker.reports.formats import csv as csv_format
from checker.reports.formats import json as json_format

SAMPLES = Path(__file__).parents[1] / "sample_class"
BACKPROP = assignment.find("backprop")
QUICK = ("right.py", "wrong_sign.py", "wrong_shapes.py", "half_done.py", "right_notebook.ipynb")


@pytest.fixture
def folder(tmp_path):
    """A class without the submissions that take long."""
    folder = tmp_path / "class"
    folder.mkdir()
    for name in QUICK:
        (folder / name).write_bytes((SAMPLES / name).read_bytes())
    (folder / "nobody").mkdir()
    return folder


@pytest.fixture
def graded(monkeypatch):
    """Replaces grading: counts the submissions, and derives the points from their length."""
    names = []

    def grade(found, case_sets, submission, **_):
        names.append(submission.filename)
        points = float(len(submission.data) % 21)
        tasks = [TaskReport("dense", "wrong", points, 20.0, f"{len(submission.data)} bytes")]
        return Report("backprop", submission.name, points, 20.0, tasks)

    monkeypatch.setattr(pipeline, "grade", grade)
    return names


def run(folder, out, jobs=2, shuffle=None, required=None):
    _, submissions = layouts.read(folder, BACKPROP)
    if shuffle is not None:
        random.Random(shuffle).shuffle(submissions)
    with contextlib.closing(Store(out / "grades.sqlite")) as store:
        work = Run(BACKPROP, submissions, store, jobs, seed=1, required=required)
        list(work.grade())
    work.rows_by_name = sorted(work.rows, key=lambda row: row.report.submission)
    return work


def written(work):
    rows = work.rows_by_name
    return json_format.many("backprop", rows) + csv_format.table(rows)


def test_the_grade_depends_on_neither_order_nor_jobs(folder, tmp_path):
    made = set()
    for number, (order, jobs) in enumerate([(1, 1), (1, 4), (2, 2), (3, 4)]):
        out = tmp_path / str(number)
        out.mkdir()
        made.add(written(run(folder, out, jobs, shuffle=order)))
    assert len(made) == 1
    assert "right,20,20" in made.pop()


def test_a_second_run_grades_nothing_and_says_the_same(folder, tmp_path):
    first = run(folder, tmp_path)
    second = run(folder, tmp_path)
    assert (first.graded, second.graded) == (len(QUICK), 0)
    assert written(first) == written(second)
    assert all(row.before is None for row in second.rows)


def test_only_what_changed_is_graded_again_and_shown_with_its_score_before(folder, tmp_path):
    check = CliRunner().invoke
    words = ["grade", str(folder), "-a", "backprop", "-o", str(tmp_path / "out")]
    assert check(course, words).exit_code == 0
    (folder / "wrong_sign.py").write_bytes((folder / "right.py").read_bytes())
    done = check(course, words)
    assert "1 changed since the last run:" in done.output
    assert "wrong_sign: 17 -> 20 (mse_gradient was wrong, is right; " in done.output
    assert "changed since" not in check(course, words).output


def test_another_checker_grades_everything_again(folder, tmp_path, graded, monkeypatch):
    run(folder, tmp_path)
    other = SimpleNamespace(checksum=lambda *_: "of another checker")
    monkeypatch.setattr(version, "provenance", other)
    again = run(folder, tmp_path)
    assert again.graded == len(QUICK)
    # A row without files had no grade before.
    assert {row.before is not None for row in again.rows} == {True, False}


def test_the_version_depends_on_contents_and_not_on_where_they_come_from():
    case_sets = case_cache.load(BACKPROP)
    assert version.of(BACKPROP, case_sets) == version.of(BACKPROP, case_cache.load(BACKPROP))
    stricter = dataclasses.replace(BACKPROP, seconds=1.0)
    fewer = {name: each for name, each in case_sets.items() if name != "dense"}
    versions = {
        version.of(BACKPROP, case_sets),
        version.of(stricter, case_sets),
        version.of(BACKPROP, fewer),
    }
    assert len(versions) == 3


def test_a_copy_of_a_submission_has_its_grade_and_its_own_name(folder, tmp_path, graded):
    (folder / "copy").mkdir()
    (folder / "copy" / "right.py").write_bytes((folder / "right.py").read_bytes())
    rows = {row.report.submission: row.report for row in run(folder, tmp_path, jobs=1).rows}
    assert rows["copy"].score == rows["right"].score
    run(folder, tmp_path)
    assert len(graded) <= len(QUICK) + 1


def test_one_bad_submission_never_stops_the_run(folder, tmp_path, monkeypatch):
    right = pipeline.grade

    def grade(found, case_sets, submission, **_):
        if submission.filename == "half_done.py":
            raise MemoryError
        return right(found, case_sets, submission)

    monkeypatch.setattr(pipeline, "grade", grade)
    rows = {row.report.submission: row for row in run(folder, tmp_path).rows}
    assert rows["half_done"].fault
    assert "the grader failed here (memory is short" in rows["half_done"].report.notes[0]
    assert rows["right"].report.score == 20
    monkeypatch.setattr(pipeline, "grade", right)
    assert run(folder, tmp_path).graded == 1


def test_what_intake_stumbles_over_is_a_row_too(folder, tmp_path, graded, monkeypatch):
    monkeypatch.setattr(choose_file, "submission", lambda *_: 1 / 0)
    assert all(row.fault for row in run(folder, tmp_path).rows)


KILLED = """
import sys, time
from checker.grading import pipeline
from tests.classroom.test_runs import BACKPROP, Report, TaskReport
from checker.commands.program import course

def grade(found, case_sets, submission, **_):
    time.sleep(0.05)
    with open(sys.argv[1], "a") as log:
        log.write(submission.filename + "\\n")
    points, words = float(len(submission.data) % 21), f"{len(submission.data)} bytes"
    tasks = [TaskReport("dense", "wrong", points, 20.0, words)]
    return Report("backprop", "", points, 20.0, tasks)

pipeline.grade = grade
course(["grade", sys.argv[2], "-a", "backprop", "-o", sys.argv[3], "--jobs", "2"])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment_a_rerun_finishes_with_the_same_grades(tmp_path, graded, how):
    folder, out, log = tmp_path / "class", tmp_path / "out", tmp_path / "log"
    folder.mkdir()
    for i in range(20):
        (folder / f"s{i:02}.py").write_text(f"def dense(): {i * '#'}")
    command = [sys.executable, "-c", KILLED, str(log), str(folder)]
    place = {"cwd": Path(__file__).parents[2], "stderr": subprocess.PIPE, "text": True}
    log.touch()
    for more in (1, 7):
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, **place)
        size = log.stat().st_size
        while log.stat().st_size < size + more * len("s00.py\n") and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(how)
        said = process.communicate()[1]
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "submissions are graded and saved. Run the same command again" in said
    subprocess.run([*command, str(out)], check=True, stdout=subprocess.DEVNULL, **place)
    times = log.read_text().splitlines()
    # Each kill costs at most what two jobs had under way, and an interrupt costs nothing.
    assert len(times) <= 20 + (4 if how == signal.SIGKILL else 0)
    assert set(times) == {f"s{i:02}.py" for i in range(20)}
    whole = tmp_path / "whole"
    words = ["grade", str(folder), "-a", "backprop", "-o", str(whole)]
    assert CliRunner().invoke(course, words).exit_code == 0
    for name in ("results.json", "grades.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_an_interrupt_while_a_report_is_kept_loses_no_report(tmp_path, graded, monkeypatch):
    put, quick = Store.put, pipeline.grade
    folder, out = tmp_path / "class", tmp_path / "out"
    folder.mkdir()
    for i in range(40):
        (folder / f"s{i:02}.py").write_text(f"def dense(): {i * '#'}")

    def slow(*some, **more):
        time.sleep(0.02)
        return quick(*some, **more)

    def interrupted(store, key, report):
        if len(graded) > 3:
            monkeypatch.setattr(Store, "put", put)
            signal.raise_signal(signal.SIGINT)
        put(store, key, report)

    monkeypatch.setattr(pipeline, "grade", slow)
    monkeypatch.setattr(Store, "put", interrupted)
    command = ["grade", str(folder), "-a", "backprop", "-o", str(out), "--jobs", "1"]
    stopped = CliRunner().invoke(course, command)
    assert stopped.exit_code == 130
    with contextlib.closing(Store(out / "grades.sqlite")) as store:
        assert len(store.keys()) == len(graded) < 40
    assert f"{len(graded)} of 40 submissions are graded and saved" in stopped.stderr
    assert CliRunner().invoke(course, command).exit_code == 0
    assert len(graded) == 40


def _fill(store, size):
    for number in range(10_000):
        store.put(f"{size} {number}", Report("a", "b", 0.0, 1.0, [], ["x" * size]))


def test_a_full_disk_keeps_what_is_stored_and_a_rerun_goes_on(folder, tmp_path, graded):
    _, submissions = layouts.read(folder, BACKPROP)
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store:
        (pages,) = store._rows.execute("PRAGMA page_count").fetchone()
        store._rows.execute(f"PRAGMA max_page_count = {pages}")
        for size in (1000, 100, 1):  # until not even a small report finds a place
            with pytest.raises(StoreError, match=r"full.*run the same command again to continue"):
                _fill(store, size)
        kept = store.keys()
        with pytest.raises(StoreError, match="full"):
            list(Run(BACKPROP, submissions, store, 2).grade())
        assert kept <= store.keys()
    again = run(folder, tmp_path)
    assert len(again.rows) == len(submissions)
    assert not any(row.fault for row in again.rows)


def test_a_spoilt_grade_is_graded_again_and_a_spoilt_store_is_named(folder, tmp_path, graded):
    first = run(folder, tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "grades.sqlite")) as rows, rows:
        rows.execute("UPDATE grades SET report = '{\"tasks\": 1}'")
    assert written(run(folder, tmp_path)) == written(first)
    (tmp_path / "grades.sqlite-wal").unlink(missing_ok=True)
    (tmp_path / "grades.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"grades\.sqlite: grades cannot be saved"):
        run(folder, tmp_path)


def test_what_is_equal_to_one_that_is_graded_shares_its_report(tmp_path, monkeypatch):
    asked = []

    def grade(found, case_sets, submission, **_):
        asked.append(submission)
        return Report(
            "backprop", submission.name, 0.0, 1.0, [TaskReport("dense", "wrong", 0.0, 1.0)]
        )

    monkeypatch.setattr(pipeline, "grade", grade)
    for number in range(60):
        (tmp_path / "in" / f"s{number:02}").mkdir(parents=True)
        (tmp_path / "in" / f"s{number:02}" / "backprop.py").write_text("def dense(x): return x\n")
    work = run(tmp_path / "in", tmp_path, jobs=1)
    assert [row.submission.name for row in work.rows] == [f"s{n:02}" for n in range(60)]
    assert len({row.report.submission for row in work.rows}) == 60
    assert 0 < len(asked) == work.graded < 30  # a few may begin before the first is in the store
    assert len({id(row.report.tasks[0]) for row in work.rows}) == 1


def test_what_was_graded_with_less_isolation_is_graded_again_on_demand(tmp_path):
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store:
        for level in ("full", "limits only", "none", ""):
            store.put(level, Report("a", "b", 0.0, 1.0, [], isolation=level))
        store._rows.execute("INSERT INTO grades VALUES ('spoilt', 'no JSON')")
        assert store.keys() == {"full", "limits only", "none", "", "spoilt"}
        assert store.keys("limits only") == {"full", "limits only"}
        assert store.keys("full") == {"full"}


def test_a_demand_for_isolation_reaches_the_store(folder, tmp_path, graded):
    assert run(folder, tmp_path).graded == run(folder, tmp_path, required="full").graded != 0
    # These reports say nothing of isolation, so they never satisfy a demand.
    assert run(folder, tmp_path).graded == 0


def test_a_second_run_over_the_same_output_is_refused(folder, tmp_path, graded, monkeypatch):
    monkeypatch.setattr("checker.classroom.store.LOCK_SECONDS", 0.01)
    path = tmp_path / "out" / "grades.sqlite"
    path.parent.mkdir()
    words = ["grade", str(folder), "-a", "backprop", "-o", str(path.parent)]
    with contextlib.closing(Store(path)) as first:
        first.put("key", Report("a", "b", 0.0, 1.0, []))
        refused = CliRunner().invoke(course, words).exception
        assert isinstance(refused, StoreError)
        assert "another run of check is using it. Wait until that run ends" in str(refused)
        assert first.keys() == {"key"}
    assert CliRunner().invoke(course, words).exit_code == 0


def test_what_the_machine_lacks_is_said_in_words(folder, tmp_path, monkeypatch):
    def grade(*_, **__):
        raise next(errors)

    errors = itertools.cycle([OSError(errno.EMFILE, "?"), RuntimeError("can't start new thread")])
    monkeypatch.setattr(pipeline, "grade", grade)
    notes = " ".join(row.report.notes[0] for row in run(folder, tmp_path).rows if row.fault)
    assert "the grader failed here (too many files are open: raise the limit" in notes
    assert "no further process or thread can be started: raise the limit" in notes


def test_a_report_comes_back_as_it_was():
    case = {"inputs": {"x": [[1, 2.0, float("inf")]]}, "got": {"y": "\udc80\x1b"}, "failing": 1}
    task = TaskReport("dense", "wrong", 0.1 + 0.2, 1.0, "é\n", case, {"mistake": "m"})
    report = Report("a", "b", 0.3, 1.0, [task], ["n"])
    assert thaw(freeze(report)) == report
    for broken in ("", "{}", "[]", '{"tasks": [{}]}', json.dumps({"tasks": []})):
        assert thaw(broken) is None


def test_reports_are_replaced_whole_or_not_at_all(folder, tmp_path, graded, monkeypatch):
    out = tmp_path / "out"
    words = ["grade", str(folder), "-a", "backprop", "-o", str(out)]
    assert CliRunner().invoke(course, words).exit_code == 0
    before = {path: path.read_bytes() for path in out.glob("*.[cj]s*")}
    monkeypatch.setattr(Path, "replace", lambda *_: os.stat("/nowhere"))
    assert isinstance(CliRunner().invoke(course, words).exception, OSError)
    assert {path: path.read_bytes() for path in out.glob("*.[cj]s*")} == before
    assert not list(out.glob(".*"))
