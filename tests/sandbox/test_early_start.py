"""The process that grades is started early where it will be needed, and nowhere else."""

import subprocess
import sys

import pytest

from checker.sandbox import early_start

# Skipped, nothing goes unnoticed: elsewhere no such process is ever started.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process grades")


@pytest.fixture
def started(monkeypatch):
    """The processes that were started. They are stand-ins."""
    made = []
    monkeypatch.setattr(early_start, "start", lambda: made.append(object()) or made[-1])
    monkeypatch.setattr(early_start, "_begun", [])
    return made


@pytest.mark.parametrize("words", [["backprop"], ["losses", "mine.py", "--verbose"]])
def test_the_process_begun_early_is_the_one_that_grades(started, words):
    early_start.begin(words)
    assert len(started) == 1
    assert early_start.begun() is started[0]
    assert early_start.begun() is not started[0]


@pytest.mark.parametrize(
    "words", [[], ["--help"], ["grade", "x"], ["backprop", "--help"], ["backprop", "--watch"]]
)
def test_nothing_is_started_for_other_commands(started, words):
    early_start.begin(words)
    assert started == []
    assert early_start.begun() is started[0]


def test_a_closed_stream_is_not_mistaken_for_a_pipe():
    """Without its standard streams, a process gets their numbers for the next files it opens."""
    code = (
        "import os\nos.closerange(0, 3)\n"
        "from checker.sandbox import early_start\n"
        "_, order, reply = early_start.start()\n"
        "os.close(order)\nos._exit(0 if min(order, reply) > 2 else 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
