"""A class is graded once: stopped it goes on, and what has changed is all that is graded again."""

import contextlib
import dataclasses
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

import pytest
from click.testing import CliRunner

from checker import assignment, bank, grading
from checker.__main__ import course
from checker.classroom import choose, layouts, version
from checker.classroom.run import Run
from checker.classroom.store import Store, StoreError, freeze, thaw
from checker.graded import Report, TaskReport
from checker.reports import records, table

SAMPLES = Path(__file__).parent / "sample_class"
BACKPROP = assignment.find("backprop")
QUICK = ("right.py", "wrong_sign.py", "wrong_shapes.py", "half_done.py", "right_notebook.ipynb")


@pytest.fixture
def room(tmp_path):
    """A class without those that take long."""
    room = tmp_path / "class"
    room.mkdir()
    for name in QUICK:
        (room / name).write_bytes((SAMPLES / name).read_bytes())
    (room / "nobody").mkdir()
    return room


@pytest.fixture
def graded(monkeypatch):
    """Grading that is counted, and told from its input without running it."""
    names = []

    def grade(found, banks, submission, **_):
        names.append(submission.filename)
        points = float(len(submission.data) % 21)
        tasks = [TaskReport("dense", "wrong", points, 20.0, f"{len(submission.data)} bytes")]
        return Report("backprop", submission.name, points, 20.0, tasks)

    monkeypatch.setattr(grading, "grade", grade)
    return names


def run(room, out, jobs=2, shuffle=None):
    _, handins = layouts.read(room, BACKPROP)
    if shuffle is not None:
        random.Random(shuffle).shuffle(handins)
    with contextlib.closing(Store(out / "grades.sqlite")) as store:
        work = Run(BACKPROP, handins, store, jobs)
        list(work.grade())
    work.rows_by_name = sorted(work.rows, key=lambda row: row.report.submission)
    return work


def written(work):
    rows = work.rows_by_name
    return records.many("backprop", rows) + table.table(rows)


def test_the_grade_depends_on_neither_order_nor_jobs(room, tmp_path):
    made = set()
    for number, (order, jobs) in enumerate(itertools.product((1, 2, 3), (1, 2, 4))):
        out = tmp_path / str(number)
        out.mkdir()
        made.add(written(run(room, out, jobs, shuffle=order)))
    assert len(made) == 1
    assert "right,20,20" in made.pop()


def test_a_second_run_grades_nothing_and_says_the_same(room, tmp_path):
    first = run(room, tmp_path)
    second = run(room, tmp_path)
    assert (first.graded, second.graded) == (len(QUICK), 0)
    assert written(first) == written(second)
    assert all(row.before is None for row in second.rows)


def test_only_what_changed_is_graded_again_and_shown_with_its_score_before(room, tmp_path):
    check = CliRunner().invoke
    words = ["grade", str(room), "-a", "backprop", "-o", str(tmp_path / "out")]
    assert check(course, words).exit_code == 0
    (room / "wrong_sign.py").write_bytes((room / "right.py").read_bytes())
    done = check(course, words)
    assert "1 changed since the last run:" in done.output
    assert "wrong_sign: 13 -> 20 (mse_gradient was wrong, is right; " in done.output
    assert "changed since" not in check(course, words).output


def test_another_bank_or_checker_grades_everything_again(room, tmp_path, graded, monkeypatch):
    run(room, tmp_path)
    monkeypatch.setattr(version, "GRADING", ("reference",))
    again = run(room, tmp_path)
    assert again.graded == len(QUICK)
    assert {row.before is not None for row in again.rows} == {True, False}  # nobody stays nobody


def test_the_version_is_in_the_contents_and_not_in_where_they_come_from():
    banks = bank.load(BACKPROP)
    assert version.of(BACKPROP, banks) == version.of(BACKPROP, bank.load(BACKPROP))
    stricter = dataclasses.replace(BACKPROP, seconds=1.0)
    fewer = {name: each for name, each in banks.items() if name != "dense"}
    versions = {
        version.of(BACKPROP, banks),
        version.of(stricter, banks),
        version.of(BACKPROP, fewer),
    }
    assert len(versions) == 3


def test_a_copy_of_a_submission_has_its_grade_and_its_own_name(room, tmp_path, graded):
    (room / "copy").mkdir()
    (room / "copy" / "right.py").write_bytes((room / "right.py").read_bytes())
    rows = {row.report.submission: row.report for row in run(room, tmp_path, jobs=1).rows}
    assert rows["copy"].score == rows["right"].score
    run(room, tmp_path)
    assert len(graded) <= len(QUICK) + 1


def test_one_bad_submission_never_stops_the_run(room, tmp_path, monkeypatch):
    right = grading.grade

    def grade(found, banks, submission, **_):
        if submission.filename == "half_done.py":
            raise MemoryError("no more")
        return right(found, banks, submission)

    monkeypatch.setattr(grading, "grade", grade)
    rows = {row.report.submission: row for row in run(room, tmp_path).rows}
    assert rows["half_done"].fault
    assert "the grader failed here (MemoryError: no more)" in rows["half_done"].report.notes[0]
    assert rows["right"].report.score == 20
    monkeypatch.setattr(grading, "grade", right)
    assert run(room, tmp_path).graded == 1


def test_what_intake_stumbles_over_is_a_row_too(room, tmp_path, graded, monkeypatch):
    monkeypatch.setattr(choose, "choose", lambda *_: 1 / 0)
    assert all(row.fault for row in run(room, tmp_path).rows)


KILLED = """
import sys, time
from checker import grading
from tests.test_classroom_store import BACKPROP, Report, TaskReport
from checker.__main__ import course

def grade(found, banks, submission, **_):
    time.sleep(0.05)
    with open(sys.argv[1], "a") as log:
        log.write(submission.filename + "\\n")
    points = float(len(submission.data) % 21)
    return Report("backprop", "", points, 20.0, [TaskReport("dense", "wrong", points, 20.0)])

grading.grade = grade
course(["grade", sys.argv[2], "-a", "backprop", "-o", sys.argv[3], "--jobs", "2"])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_at_any_moment_a_rerun_finishes_with_the_same_grades(tmp_path, how):
    room, out, log = tmp_path / "class", tmp_path / "out", tmp_path / "log"
    room.mkdir()
    for i in range(40):
        (room / f"s{i:02}.py").write_text(f"def dense(): {i * '#'}")
    command = [sys.executable, "-c", KILLED, str(log), str(room)]
    place = {"cwd": Path(__file__).parents[1], "stderr": subprocess.PIPE, "text": True}
    log.touch()
    for more in (1, 5, 9):
        process = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL, **place)
        size = log.stat().st_size
        while log.stat().st_size < size + more * len("s00.py\n") and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(how)
        said = process.communicate()[1]
    if how == signal.SIGINT:
        assert process.returncode == 130
        assert "are graded and kept; the same command goes on" in said
    subprocess.run([*command, str(out)], check=True, stdout=subprocess.DEVNULL, **place)
    times = log.read_text().splitlines()
    # Each kill costs at most what two jobs had under way, and an interrupt costs nothing.
    assert len(times) <= 40 + (6 if how == signal.SIGKILL else 0)
    assert set(times) == {f"s{i:02}.py" for i in range(40)}
    whole = tmp_path / "whole"
    subprocess.run([*command, str(whole)], check=True, stdout=subprocess.DEVNULL, **place)
    for name in ("results.json", "grades.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_an_interrupt_while_a_report_is_kept_loses_no_report(tmp_path, graded, monkeypatch):
    put, quick = Store.put, grading.grade
    room, out = tmp_path / "class", tmp_path / "out"
    room.mkdir()
    for i in range(40):
        (room / f"s{i:02}.py").write_text(f"def dense(): {i * '#'}")

    def slow(*some, **more):
        time.sleep(0.02)
        return quick(*some, **more)

    def interrupted(store, key, report):
        if len(graded) > 3:
            monkeypatch.setattr(Store, "put", put)
            signal.raise_signal(signal.SIGINT)
        put(store, key, report)

    monkeypatch.setattr(grading, "grade", slow)
    monkeypatch.setattr(Store, "put", interrupted)
    command = ["grade", str(room), "-a", "backprop", "-o", str(out), "--jobs", "1"]
    stopped = CliRunner().invoke(course, command)
    assert stopped.exit_code == 130
    with contextlib.closing(Store(out / "grades.sqlite")) as store:
        assert len(store.keys()) == len(graded) < 40
    assert f"{len(graded)} of 40 are graded and kept" in stopped.stderr
    assert CliRunner().invoke(course, command).exit_code == 0
    assert len(graded) == 40


def _fill(store, size):
    for number in range(10_000):
        store.put(f"{size} {number}", Report("a", "b", 0.0, 1.0, [], ["x" * size]))


def test_a_full_disk_keeps_what_is_stored_and_a_rerun_goes_on(room, tmp_path, graded):
    _, handins = layouts.read(room, BACKPROP)
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store:
        (pages,) = store._rows.execute("PRAGMA page_count").fetchone()
        store._rows.execute(f"PRAGMA max_page_count = {pages}")
        for size in (1000, 100, 1):  # until not even a small report finds a place
            with pytest.raises(StoreError, match=r"full.*the same command goes on from there"):
                _fill(store, size)
        kept = store.keys()
        with pytest.raises(StoreError, match="full"):
            list(Run(BACKPROP, handins, store, 2).grade())
        assert kept <= store.keys()
    again = run(room, tmp_path)
    assert len(again.rows) == len(handins)
    assert not any(row.fault for row in again.rows)


def test_a_spoilt_grade_is_graded_again_and_a_spoilt_store_is_named(room, tmp_path, graded):
    first = run(room, tmp_path)
    with contextlib.closing(sqlite3.connect(tmp_path / "grades.sqlite")) as rows, rows:
        rows.execute("UPDATE grades SET report = '{\"tasks\": 1}'")
    assert written(run(room, tmp_path)) == written(first)
    (tmp_path / "grades.sqlite-wal").unlink(missing_ok=True)
    (tmp_path / "grades.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"grades\.sqlite cannot keep grades"):
        run(room, tmp_path)


def test_a_report_comes_back_as_it_was():
    case = {"inputs": {"x": [[1, 2.0, float("inf")]]}, "got": {"y": "\udc80\x1b"}, "failing": 1}
    task = TaskReport("dense", "wrong", 0.1 + 0.2, 1.0, "é\n", case, {"mistake": "m"})
    report = Report("a", "b", 0.3, 1.0, [task], ["n"])
    assert thaw(freeze(report)) == report
    for broken in ("", "{}", "[]", '{"tasks": [{}]}', json.dumps({"tasks": []})):
        assert thaw(broken) is None


def test_reports_are_replaced_whole_or_not_at_all(room, tmp_path, graded, monkeypatch):
    out = tmp_path / "out"
    words = ["grade", str(room), "-a", "backprop", "-o", str(out)]
    assert CliRunner().invoke(course, words).exit_code == 0
    before = {path: path.read_bytes() for path in out.glob("*.[cj]s*")}
    monkeypatch.setattr(Path, "replace", lambda *_: os.stat("/nowhere"))
    assert isinstance(CliRunner().invoke(course, words).exception, OSError)
    assert {path: path.read_bytes() for path in out.glob("*.[cj]s*")} == before
    assert not list(out.glob(".*"))
