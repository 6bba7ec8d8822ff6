"""Whatever ends `check`, what is graded is kept, and no process and no file is left behind."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.classroom.store import Store

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "tests" / "sample_class" / "right.py").read_text()
SLEEPERS = 60
SLEEPER = "import time\ndef dense(x, weight, bias):\n    time.sleep(60)\n"

# Elsewhere nothing lists the processes that a stopped run may have left behind. Where these are
# skipped, what a stopped run keeps is tested by test_runs.py, and what it leaves running is not.
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are found in /proc, as Linux has it"
)


def children(pid):
    """All processes that descend from this one."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(stat.parent.name)] = int(words[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def running(pids):
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def hear_signals():
    """Undo what nohup and shells do: they let programs in the background ignore signals."""
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def started(words, folder):
    (folder / "tmp").mkdir(exist_ok=True)
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "checker", *map(str, words)]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        text=True,
        stderr=subprocess.PIPE,
        stdout=-3,
        preexec_fn=hear_signals,
    )


def wait_for(condition):
    """Wait for up to half a minute until something holds."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to pass")


@pytest.fixture
def sleepers(tmp_path):
    """A class of one right submission, the first by name, and so many that sleep that it lasts.

    The right one is graded without waiting for fresh cases.
    """
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.py").write_text(RIGHT)
    for i in range(SLEEPERS):
        (folder / f"s{i:02}.py").write_text(f"{SLEEPER}# {i}\n")
    (tmp_path / "course.toml").write_text(
        'title = "T"\ntake = ["backprop"]\n[change.backprop]\nfresh = false\n'
    )
    words = ["grade", folder, "-a", "backprop", "-o", tmp_path / "out", "--jobs", "2"]
    return ["-C", tmp_path, *words]


def stored(folder):
    """How many grades are on the disk, in the file or in the log beside it."""
    return b"full" in b"".join(path.read_bytes() for path in folder.glob("out/grades.sqlite*"))


@needs_proc
@pytest.mark.parametrize("name", ["SIGHUP", "SIGKILL"])
def test_a_class_that_is_stopped_keeps_its_grades_and_leaves_nothing(sleepers, tmp_path, name):
    process = started(sleepers, tmp_path)
    wait_for(lambda: stored(tmp_path) and len(children(process.pid)) > 1)
    family = children(process.pid)
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=30)  # the class would take minutes
    if name != "SIGKILL":
        assert process.returncode == 128 + getattr(signal, name)
        told = re.search(r"Stopped\. (\d+) of 61 submissions are graded and saved\.", said)
        with contextlib.closing(Store(tmp_path / "out" / "grades.sqlite")) as store:
            assert 1 <= len(store.keys()) == int(told[1]) <= SLEEPERS
    wait_for(lambda: not running(family))
    assert not list((tmp_path / "tmp").iterdir())


@needs_proc
@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_a_check_that_is_stopped_leaves_nothing(tmp_path, name):
    (tmp_path / "backprop.py").write_text(SLEEPER)
    process = started(["backprop"], tmp_path)
    wait_for(lambda: children(process.pid))
    time.sleep(0.5)
    family = children(process.pid)
    process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=30)
    if name != "SIGKILL":
        assert process.returncode == 128 + getattr(signal, name)
        assert "Stopped. What was saved before is kept." in said
    wait_for(lambda: not running(family))
    assert not list((tmp_path / "tmp").iterdir())
