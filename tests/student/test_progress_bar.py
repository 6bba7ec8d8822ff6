"""A terminal shows a bar while something takes long; a pipe gets the text and nothing else."""

import io
import os
import sys
import time
from pathlib import Path

import pytest

from checker.student import progress_bar
from checker.student.progress_bar import Waiting

SAMPLES = Path(__file__).parents[1] / "sample_class"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def seen_on(monkeypatch, stream, patience, pause):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress_bar, "PATIENCE", patience)
    with Waiting("Grading", ["dense", "sgd_step" * 20]) as bar:
        time.sleep(pause)
        bar.step()
        time.sleep(pause)
        bar.step()
    return stream.getvalue()


def test_a_bar_appears_where_it_takes_long_and_leaves_no_trace(monkeypatch):
    seen = seen_on(monkeypatch, Terminal(), 0.01, 0.3)
    assert "Grading" in seen
    assert "0 of 2  dense" in seen  # the task that is running
    assert "1 of 2  sgd_step" in seen
    *_, erased, last = seen.split("\r")
    assert (erased.strip(), last) == ("", "")
    assert max(map(len, seen.split("\r"))) < 80


def test_what_is_quick_shows_no_bar(monkeypatch):
    assert seen_on(monkeypatch, Terminal(), 60.0, 0.0) == ""


def test_a_pipe_never_sees_a_bar(monkeypatch):
    assert seen_on(monkeypatch, io.StringIO(), 0.0, 0.05) == ""


# The standard library opens a pseudo-terminal on Unix only, in its module pty.
@pytest.mark.skipif(os.name == "nt", reason="the module pty does not exist on Windows")
@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_gets_colours_unless_they_are_not_wanted(environment, tmp_path):
    shown = on_a_terminal(["backprop", str(SAMPLES / "half_done.py")], environment)
    assert "10 of 20 points" in shown
    assert ("\x1b[32m" in shown) == (not environment)


def on_a_terminal(words, environment):
    """What `check` writes where its output is a terminal."""
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "checker", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(SAMPLES.parents[1]), **environment},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert child.wait() == 1
    return shown.decode()
