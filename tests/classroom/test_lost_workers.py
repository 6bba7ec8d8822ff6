"""A fork server that dies takes its workers along. Only a file that ends it twice is to blame."""

import contextlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from checker.classroom import layouts
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.sandbox.host import Worker
from checker.sandbox.worker_pool import Workers

RIGHT = (Path(__file__).parents[1] / "sample_class" / "right.py").read_text()
BACKPROP = replace(assignment.find("backprop"), fresh=False)
NAMES = "abcd"

# Elsewhere each worker is a process of its own, and none is lost with another: where these are
# skipped, nothing of the kind can happen, and so nothing goes untested.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server")


@pytest.mark.parametrize("times", [1, 100])
def test_only_a_file_that_ends_the_fork_server_again_is_to_blame(tmp_path, monkeypatch, times):
    """When b is loaded, the fork server ends: once, or whenever that happens."""
    (tmp_path / "class").mkdir()
    for name in NAMES:
        (tmp_path / "class" / f"{name}.py").write_text(f"{RIGHT}\n# {name}\n")
    load, ended = Worker.load, []

    def loaded(worker, filename, data, *words, **more):
        if b"# b\n" in data and len(ended) < times:
            ended.append(workers._server)
            ended[-1]._process.end(0)
        return load(worker, filename, data, *words, **more)

    monkeypatch.setattr(Worker, "load", loaded)
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store, Workers() as workers:
        _, submissions = layouts.read(tmp_path / "class", BACKPROP)
        run = Run(BACKPROP, submissions, store, 3, workers)
        reports = {row.submission.name: row.report for row in run.grade()}
    assert len(ended) >= min(times, 2)
    assert not any(row.fault for row in run.rows)
    wanted = dict.fromkeys(NAMES, 20.0) | ({"b": 0.0} if times == 100 else {})
    assert {name: report.score for name, report in reports.items()} == wanted
    assert [name for name in NAMES if reports[name].notes] == []
    if times == 100:
        assert {task.verdict for task in reports["b"].tasks} == {"crashed"}
