"""Whatever interrupts a class, a rerun ends with the grades of a run without a break.

More kills, at random moments: tests/benchmarks/interruptions.py.
"""

import contextlib
import errno
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import interrupted
import pytest

from checker.classroom import lateness, overrides, whole_file
from checker.classroom.class_list import ClassRow, ClassSubmission
from checker.classroom.store import Store
from checker.course import assignment
from checker.grading.report import Report, TaskReport
from checker.reports import formats, write

BACKPROP = assignment.find("backprop")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A class of six, and the reports of a run without a break."""
    place = tmp_path_factory.mktemp("whole")
    interrupted.make_class(place / "class", 6, ("right.py", "right_notebook.ipynb"))
    return place / "class", interrupted.finished(place / "class", place / "out")


def test_kills_while_grades_are_stored_and_reports_written_leave_the_same_grades(whole, tmp_path):
    (folder, expected), out = whole, tmp_path / "out"
    assert interrupted.killed_at(folder, out, "checker.classroom.store.Store.put", 4)
    with contextlib.closing(Store(out / "grades.sqlite")) as store:
        assert len(store.keys()) == 3
    # The checksums of each report: of the old one, which is not there, and of the new one.
    assert interrupted.killed_at(folder, out, "checker.reports.write._checksum", 4)
    assert {path.name for path in out.glob(".*")} == {".results.json.unfinished"}
    assert interrupted.finished(folder, out) == expected
    assert not [*out.glob(".*"), *out.glob("*-edited*")]


def test_two_full_disks_leave_the_same_grades(whole, tmp_path):
    folder, expected = whole
    for size in (interrupted.SMALLEST_DISK, 2 * interrupted.SMALLEST_DISK):
        assert interrupted.on_full_disk(folder, tmp_path / "out", size)
    assert interrupted.finished(folder, tmp_path / "out") == expected
    assert not list((tmp_path / "out").glob(".*"))


def edited(out, score):
    """Write the reports of a class of one, and return those that were found changed by hand."""
    task = TaskReport("dense", "wrong", score, 1.0)
    report = Report("backprop", "ada", score, 20.0, [task])
    rows = [ClassRow(ClassSubmission("ada"), report)]
    return write.write(out, BACKPROP, rows, ("csv", "json"), formats.Options())[1]


def moments(out, score):
    """Write reports, and copy the folder before and after each file takes its place.

    A kill leaves one of these copies, or one whose last line of checksums is cut.
    """
    copies, replaced = [], Path.replace

    def copied():
        copies.append(Path(f"{out}-{len(copies)}"))
        return Path(shutil.copytree(out, copies[-1]))

    def replace(path, other):
        copied()
        if other.name != write.CHECKSUMS:
            checksums = copied() / write.CHECKSUMS
            checksums.write_bytes(checksums.read_bytes()[:-9])
        done = replaced(path, other)
        copied()
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        assert edited(out, score) == {}
    return copies


def test_no_kill_makes_a_report_look_changed_by_hand(tmp_path):
    (tmp_path / "out").mkdir()
    assert edited(tmp_path / "out", 0.0) == {}
    first = moments(tmp_path / "out", 0.5)
    second = [moment for out in first for moment in moments(out, 0.25)]
    assert len(second) == len(first) ** 2 == 64
    for out in second:
        assert edited(out, 0.75) == {}
        (out / "grades.csv").write_text("mine")
        assert edited(out, 0.75) == {"grades.csv": "grades-edited.csv"}


def test_a_report_that_finds_no_room_is_named_and_the_old_one_stays(tmp_path):
    def pieces():
        yield b"new"
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "grades.csv").write_bytes(b"old")
    with (
        pytest.raises(OSError, match=r"grades\.csv"),
        whole_file.unfinished(tmp_path / "grades.csv", pieces()),
    ):
        pass
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {
        tmp_path / "grades.csv": b"old"
    }


@pytest.mark.parametrize("make", [overrides.make, lateness.make])
def test_a_kill_leaves_no_table_without_its_header(tmp_path, monkeypatch, make):
    monkeypatch.setattr(Path, "replace", lambda *_: sys.exit("killed"))
    with pytest.raises(SystemExit):
        make(tmp_path)
    assert list(tmp_path.glob("*.csv")) == []


# A process that ends itself at a given moment, like one that is killed then.
KILLS_ITSELF = """
import os, signal, sys
from pathlib import Path
from checker.classroom import whole_file

def replace(path, other):
    os.kill(os.getpid(), int(sys.argv[1]))
    return path.rename(other)

Path.replace = replace
with whole_file.unfinished(Path(sys.argv[2]), [b"new"]):
    pass
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_what_a_kill_leaves_of_a_report_is_gone_after_the_next_one(tmp_path, number):
    report = tmp_path / "grades.csv"
    report.write_bytes(b"old")
    for _ in range(2):
        words = [sys.executable, "-c", KILLS_ITSELF, str(int(number)), str(report)]
        ended = subprocess.run(words, cwd=interrupted.ROOT, capture_output=True, check=False)
        assert ended.returncode
        assert report.read_bytes() == b"old"
    assert len(list(tmp_path.glob(".*"))) == (number == signal.SIGKILL)
    with whole_file.unfinished(report, [b"new"]):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]
    assert report.read_bytes() == b"new"
