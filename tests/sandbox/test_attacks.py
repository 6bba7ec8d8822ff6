"""No attack earns a point, and none harms the grader, another submission or a reader."""

import os
import re
from pathlib import Path

import click
import numpy as np
import pytest
from attacks import KINDS

from checker.cases import generation
from checker.course import assignment
from checker.course.assignment import Assignment, Task
from checker.grading.pipeline import grade
from checker.grading.session import Submission
from checker.reports import terminal
from checker.reports.formats import html as html_format
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.spawn import spawn
from checker.sandbox.worker_pool import Workers

COURSE = Assignment("one", Path(), "One", 0.5, (Task("dense", "dense", "forward", 1),))
CASE_SETS = {"dense": generation.generate(COURSE.tasks[0])}
RIGHT = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"
CASES = [(kind, name) for kind, attacks in KINDS.items() for name in attacks]
LEFT = ("gradproof-attack", "gradproof-attack.npy", "results.json")


def sandboxed():
    worker = spawn()
    try:
        return worker.isolation == "full"
    finally:
        worker.close()


# Some attacks delete, kill and fill the disk: outside the full sandbox they would do so here.
pytestmark = pytest.mark.skipif(not sandboxed(), reason="attacks run in the full sandbox only")


@pytest.fixture(scope="module")
def workers():
    with Workers() as started:
        yield started


def source(top, body):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"import numpy as np\n{top}\n\ndef dense(x, weight, bias):\n{lines}\n"


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{k}-{n}" for k, n in CASES])
def test_it_earns_nothing_and_harms_nobody(workers, kind, name, monkeypatch):
    monkeypatch.setattr("checker.grading.session.LOADING", 0.5)
    text = source(*KINDS[kind][name]).encode("utf-8", "surrogatepass")
    report = grade(COURSE, CASE_SETS, Submission(name, "a.py", text), start=workers.start)
    assert report.score == 0, report.tasks[0]
    assert report.tasks[0].verdict in ("wrong", "crashed", "timed out", "missing", "not started")
    page = html_format.section(report, opened=True)
    shown = click.unstyle(terminal.one(report)) + page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e\ufffe]", shown)
    assert not re.search("<script|<img", page)
    for file in LEFT:
        assert not (Path("/tmp") / file).exists()
        assert not Path(file).exists()
    after = grade(COURSE, CASE_SETS, Submission("", "a.py", RIGHT), start=workers.start)
    assert (after.score, after.isolation) == (1, "full")


def test_there_are_as_many_as_is_said():
    assert len(CASES) == len(set(CASES)) >= 150


def test_the_grader_still_compares_as_it_did():
    assert not np.allclose([0.0], [1.0])
    assert os.path.isdir("/tmp")
    assert assignment.find("backprop").points == 20


@pytest.mark.parametrize(
    ("body", "again"), [("while True: pass", 0), ("import time; time.sleep(9)", 1)]
)
def test_only_what_waits_too_long_is_run_again_alone(workers, monkeypatch, body, again):
    """What used up its CPU time would do so again, whatever else the machine is doing."""
    lock, times = ReadersWriterLock(), []
    exclusive = lock.exclusive
    monkeypatch.setattr(lock, "exclusive", lambda: (times.append(1), exclusive())[1])
    submission = Submission("x", "a.py", source("", body).encode())
    report = grade(COURSE, CASE_SETS, submission, start=workers.start, lock=lock)
    assert report.tasks[0].verdict == "timed out"
    assert len(times) == again
