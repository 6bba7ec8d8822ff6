"""Whatever interrupts a class, a rerun ends with the grades of a run without a break."""

import random
import signal
import subprocess
import sys

import interrupted
import pytest

from checker.reports import write


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A class of twelve, the reports of a run without a break, and how long that takes."""
    place = tmp_path_factory.mktemp("whole")
    interrupted.make_class(place / "class", 12, ("right.py", "right_notebook.ipynb"))
    longest = interrupted.seconds(place / "class", place / "out")
    return place / "class", interrupted.grades(place / "out"), longest


def test_five_kills_leave_the_same_grades(whole, tmp_path):
    folder, expected, longest = whole
    chance = random.Random(1)
    kills = 0
    for out in (tmp_path / str(number) for number in range(50)):
        while kills < 5 and interrupted.killed(folder, out, chance, 0.8 * longest):
            kills += 1
        assert interrupted.finished(folder, out) == expected
        assert not [*out.glob(".*"), *out.glob("*-edited*")]
        if kills == 5:
            break
    assert kills == 5


def test_two_full_disks_leave_the_same_grades(whole, tmp_path):
    folder, expected, _ = whole
    for size in (interrupted.SMALLEST_DISK, 2 * interrupted.SMALLEST_DISK):
        assert interrupted.on_full_disk(folder, tmp_path / "out", size)
    assert interrupted.finished(folder, tmp_path / "out") == expected
    assert not list((tmp_path / "out").glob(".*"))


# A process that ends itself at a given moment, like one that is killed then.
KILLS_ITSELF = """
import os, signal, sys
from pathlib import Path
from checker.reports import write

def replace(path, other):
    os.kill(os.getpid(), int(sys.argv[1]))
    return path.rename(other)

Path.replace = replace
with write._unfinished(Path(sys.argv[2]), [b"new"]):
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
    with write._unfinished(report, [b"new"]):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"]
    assert report.read_bytes() == b"new"
