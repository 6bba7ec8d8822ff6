"""A class that is graded on a cluster has the grades of one machine, whatever workers are lost."""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from dask_cluster import LocalCluster

from checker.classroom import cluster
from checker.classroom.class_list import ClassSubmission
from checker.classroom.run import Order, Run
from checker.classroom.store import Store, freeze
from checker.commands.program import course
from checker.course import assignment
from checker.grading.files import File

BACKPROP = assignment.find("backprop")
SAMPLES = Path(__file__).parents[1] / "sample_class"
NAMES = ("right.py", "wrong_sign.py", "half_done.py", "right_notebook.ipynb")


def submission(number, name):
    data = (SAMPLES / name).read_bytes()
    data += b"\n" * (number if name.endswith("b") else 0) or b"# %d\n" % number
    return ClassSubmission(f"s{number:02}", (File(name, len(data), lambda limit: data),))


CLASS = [submission(i, NAMES[i % len(NAMES)]) for i in range(8)]
CLASS += [ClassSubmission("twin", CLASS[1].files), ClassSubmission("none", (File("a.txt"),))]


def graded(path, elsewhere=None, after=lambda count: None):
    """The reports of the class, and how many of them were made."""
    store = Store(path)
    work = Run(BACKPROP, CLASS, store, jobs=20 if elsewhere else 2, seed=3, elsewhere=elsewhere)
    for count, _ in enumerate(work.grade(), 1):
        after(count)
    rows = work.rows
    store.close()
    assert len(rows) == len(CLASS)
    assert not [row.report.notes for row in rows if row.fault]
    return {row.submission.name: freeze(row.report) for row in rows}, work.graded


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    with LocalCluster(tmp_path_factory.mktemp("cluster"), 3) as found:
        yield found


def test_lost_workers_lose_nothing_and_change_no_grade(machines, tmp_path):
    chance, sent = random.Random(5), []
    with cluster.Cluster(machines.address) as there:

        def elsewhere(order, key, files):
            sent.append(key)
            return there.grade(order, key, files)

        def lose(count):
            if count in (2, 5):
                machines.kill(chance.randrange(3))
                machines.add()

        here, _ = graded(tmp_path / "here")
        there_rows, made = graded(tmp_path / "there", elsewhere, lose)
        assert there_rows == here
        assert made == len(CLASS) - 1  # all but the one without a file to grade
        assert len(set(sent)) == len(CLASS) - 1  # a worker grades what is equal once
        sent.clear()
        assert graded(tmp_path / "there", elsewhere) == (here, 0)
        assert len(sent) == 1  # the store knew all others


def test_a_worker_with_another_version_grades_nothing(machines):
    with cluster.Cluster(machines.address) as there:
        other = Order("backprop", "another version", 3, None)
        with pytest.raises(cluster.ClusterError, match="install the same on both"):
            there.grade(other, "0" * 64, [])


def test_a_scheduler_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECTING", 0.2)
    (tmp_path / "a.py").write_bytes((SAMPLES / "right.py").read_bytes())
    words = ["grade", str(tmp_path), "-a", "backprop", "--one", "--scheduler", "tcp://127.0.0.1:9"]
    done = CliRunner().invoke(course, words)
    assert done.exit_code == 2
    assert "there is no Dask scheduler at tcp://127.0.0.1:9" in done.output
