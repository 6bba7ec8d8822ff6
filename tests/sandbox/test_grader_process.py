"""One process grades and forks the workers, which know nothing of what it was told."""

import contextlib
import os
import sys
from pathlib import Path

import pytest

from checker.sandbox.calls import Asked, pack
from checker.sandbox.failures import NotStartedError
from checker.sandbox.grader_process import GraderProcess
from checker.sandbox.spawn import spawn

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere")

SECRET = "told-after-the-fork"
# It looks for the secret in its environment, and in all the dictionaries of its memory.
SEARCH = f"""
import gc, os
def found(x):
    gc.unfreeze()
    secret = "{SECRET[:5]}" + "{SECRET[5:]}"
    kept = [value for each in gc.get_objects() if isinstance(each, dict) for value in each.values()]
    texts = [value for value in kept if type(value) in (str, bytes)]
    known = secret in texts or secret.encode() in texts
    return [float(secret in os.environ.values()), float(known), len(texts)]
"""


@pytest.fixture
def run():
    with contextlib.closing(GraderProcess()) as process:
        yield lambda *order: process.begin(*order)()


def told(start, word):
    return word, os.environ["TOLD"], Path.cwd()


def refused(start):
    raise LookupError("no such thing")


def gone(start):
    os._exit(7)


def commands(start):
    """How this process was started, and the parent of a worker."""
    with contextlib.closing(start()) as worker:
        worker.ready()
        status = Path(f"/proc/{worker._process.pid}/status").read_text()
    (parent,) = (line.split()[1] for line in status.splitlines() if line.startswith("PPid:"))
    return [Path(f"/proc/{number}/cmdline").read_bytes() for number in ("self", parent)]


def searched(start):
    """What a worker finds of the secret, and how isolated it is."""
    with contextlib.closing(start()) as worker:
        worker.load("a.py", SEARCH.encode(), {}, seconds=5.0, bare=False, imports=())
        (answers,) = worker.run([Asked("found", 1, pack([[0.0]]), 2**20)], seconds=5.0)
        return answers.replies[0].results[0].tolist(), worker.isolation


def test_a_function_gets_the_environment_the_folder_and_its_arguments(run, monkeypatch, tmp_path):
    monkeypatch.setenv("TOLD", "yes")
    monkeypatch.chdir(tmp_path)
    assert run(told, "word") == ("word", "yes", tmp_path)


def test_what_it_raises_is_raised_here(run):
    with pytest.raises(LookupError, match="no such thing"):
        run(refused)


def test_its_end_is_told_with_what_to_do(run):
    with pytest.raises(NotStartedError, match=r"exit code 7.*ulimit -a"):
        run(gone)


def test_its_own_fork_server_forks_the_workers(run):
    this, server = run(commands)
    assert server == this  # forked, and not started


def test_a_worker_knows_nothing_of_what_the_grader_was_told(run, monkeypatch):
    monkeypatch.setenv("TOLD", SECRET)
    (in_environment, in_memory, texts), isolation = run(searched)
    assert texts > 1000
    assert not in_environment
    assert not in_memory
    with contextlib.closing(spawn()) as alone:
        assert isolation == alone.isolation
