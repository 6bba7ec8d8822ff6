"""Limits of the machine: of a worker's process, and words for what is short."""

import errno
import os
import resource
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from checker.sandbox import calls, limits, shortage
from checker.sandbox.spawn import spawn

ROOT = Path(__file__).parents[2]
STRICTER = """
import resource
from checker.sandbox import limits
resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
limits.enforce()
print(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_NOFILE))
limits.processor(10**6)
print(resource.getrlimit(resource.RLIMIT_CPU))
"""


def test_a_stricter_limit_stays_and_all_are_for_good():
    command = [sys.executable, "-c", STRICTER]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"({2**29}, {2**29}) (20, 20)\n({limits.CPU_LIMIT}, {limits.CPU_LIMIT})\n"


def test_no_limit_of_a_worker_can_be_lifted():
    names = ["AS", "CPU", "CORE", "FSIZE", "NOFILE", "STACK", "NPROC"]
    text = f"import resource as r\ndef f():\n    names = {names}\n"
    text += "    return [r.getrlimit(getattr(r, 'RLIMIT_' + name))[1] for name in names]"
    with closing(spawn()) as worker:
        worker.load("a.py", text.encode(), {}, seconds=20.0, bare=False, imports=())
        (answers,) = worker.run([calls.Asked("f", 1, calls.pack([[]]), 999)], seconds=20.0)
        (hard,) = answers.replies[0].results
    assert resource.RLIM_INFINITY not in hard.tolist()
    assert hard.tolist()[1] == limits.CPU_LIMIT


# On other systems the worker's own limit alone stops it, and the answer is always None.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the CPU time of a process")
def test_the_cpu_time_of_a_process_is_known_outside_of_it():
    here = limits.processor_time(os.getpid())
    assert here > 0
    assert limits.processor_time(2**22 + 1) is None  # no process has so large an id


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EMFILE, "?"), "too many files"),
        (OSError(errno.ENOSPC, "?"), "the disk is full"),
        (BlockingIOError(errno.EAGAIN, "?"), "no further process"),
        (RuntimeError("can't start new thread"), "no further process"),
        (MemoryError(), "memory is short"),
        (SystemError("error return without exception set"), "memory is short"),
        (ImportError("x.so: failed to map segment from shared object"), "memory is short"),
    ],
)
def test_what_is_short_is_said_with_what_to_do(error, words):
    assert words in shortage.explained(error)
    assert "ulimit" in shortage.explained(error) or "make room" in shortage.explained(error)


def test_a_full_disk_is_named_by_what_was_to_be_written():
    error = OSError(errno.ENOSPC, "?", "results/grades.csv")
    assert shortage.explained(error).startswith("results/grades.csv: the disk is full: make room")


@pytest.mark.parametrize("error", [OSError("?"), PermissionError(13, "?"), RuntimeError("?")])
def test_other_errors_are_no_shortage(error):
    assert shortage.explained(error) is None


@pytest.mark.parametrize("limit", ["-n 6", "-v 80000"])
def test_the_program_ends_with_a_sentence(limit, tmp_path):
    (tmp_path / "backprop.py").write_text("def dense(x, weight, bias): pass\n")
    command = ["bash", "-c", f"ulimit {limit}; exec {sys.executable} -m checker backprop"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 3
    assert "ulimit" in done.stderr
    assert "Error" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /dev/full")
@pytest.mark.parametrize("full", ["stdout", "stdout and stderr"])
def test_the_exit_code_is_3_if_nothing_can_be_said(full):
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "w") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "checker", "--help"],
            cwd=ROOT,
            env=environment,
            stdout=nowhere,
            stderr=nowhere if "stderr" in full else subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 3
    if full == "stdout":
        assert done.stderr.startswith("check failed: the disk is full: make room")
        assert done.stderr.count("\n") == 1
