"""No attack earns a point, and none harms the grader, another submission or a reader."""

import contextlib
import os
import re
from dataclasses import replace
from pathlib import Path

import attacks_by_files
import attacks_from_within
import click
import numpy as np
import pytest
from attacks import KINDS

from checker.cases import case_cache, generation
from checker.cases.comparison import fault
from checker.cases.counterexample import counterexample
from checker.cases.judge import Judgement
from checker.classroom.class_list import ClassSubmission
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.course.assignment import Assignment, Task
from checker.grading.pipeline import grade
from checker.grading.recording import as_seen
from checker.grading.submission import Submission
from checker.reports import terminal
from checker.reports.formats import html as html_format
from checker.sandbox import calls, limits, messages
from checker.sandbox.failures import WorkerDiedError
from checker.sandbox.folder import File
from checker.sandbox.messages import Observed
from checker.sandbox.readers_writer_lock import ReadersWriterLock
from checker.sandbox.spawn import spawn
from checker.sandbox.worker_pool import Workers

COURSE = Assignment("one", Path(), "One", 0.5, (Task("dense", "dense", "forward", 1),))
CASE_SETS = {"dense": generation.generate(COURSE.tasks[0])}
RIGHT = b"def dense(x, weight, bias):\n    return x @ weight + bias\n"
CASES = [(kind, name) for kind, attacks in KINDS.items() for name in attacks]
WITHIN = {
    f"{kind}: {name}": attack
    for kind, attacks in attacks_from_within.KINDS.items()
    for name, attack in attacks.items()
}
MANY = Assignment(
    "many",
    Path(),
    "Many",
    0.3,
    (
        *COURSE.tasks,
        Task("dense_backward", "dense", "backward", 3),
        Task("mse_gradient", "mse", "gradient", 1),
        Task("mask", "dropout_mask", "sample", 1, ("examples", "units", "rate", "seed")),
    ),
)
SLEEPS = "import time; time.sleep(9)"
LONGEST_PAGE = 20_000  # characters of the HTML of a submission of one function
LEFT = ("gradproof-attack", "gradproof-attack.npy", "results.json")


def sandboxed():
    worker = spawn()
    try:
        return worker.isolation == "full"
    finally:
        worker.close()


# Some attacks delete, kill and fill the disk: outside the full sandbox they would do so here. Where
# these are skipped, no attack is tried at all, and `check doctor` says which layer is missing.
pytestmark = pytest.mark.skipif(not sandboxed(), reason="attacks run in the full sandbox only")


@pytest.fixture(scope="module")
def workers():
    with Workers() as started:
        yield started


def source(top, body):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f"import numpy as np\n{top}\n\ndef dense(x, weight, bias):\n{lines}\n"


def harmless(report):
    """Whether a report shows nothing but visible characters, and no script."""
    page = html_format.section(report)
    shown = click.unstyle(terminal.one(report, verbose=True)) + page
    hidden = re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ufffe\ud800-\udfff]", shown)
    return not hidden and not re.search("<script|<img", page) and len(page) < LONGEST_PAGE


def nothing_left():
    return not any(path.exists() for name in LEFT for path in (Path("/tmp", name), Path(name)))


def file(path, text):
    folder, slash, name = path.rpartition("/")
    data = text.encode("utf-8", "surrogatepass")
    return File(name, len(data), lambda limit: data[:limit], folder=folder + slash)


def class_run(folder, assignment, attacks):
    """The rows of a class of these attacks, between two submissions that are right."""
    honest = {"a.py": attacks_by_files.RIGHT}
    class_submissions = [
        ClassSubmission(name, tuple(file(path, text) for path, text in files.items()))
        for name, files in {"first": honest, **attacks, "last": honest}.items()
    ]
    with contextlib.closing(Store(folder / "grades.sqlite")) as store:
        run = Run(assignment, class_submissions, store, jobs=4, seed=7)
        return {row.submission.name: row for row in run.grade()}


@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{k}-{n}" for k, n in CASES])
def test_it_earns_nothing_and_harms_nobody(workers, kind, name, monkeypatch):
    monkeypatch.setattr("checker.grading.session.LOADING", 0.5)
    text = source(*KINDS[kind][name]).encode("utf-8", "surrogatepass")
    report = grade(COURSE, CASE_SETS, Submission(name, "a.py", text), start=workers.start)
    assert report.score == 0, report.tasks[0]
    assert report.tasks[0].verdict in ("wrong", "crashed", "timed out", "missing", "not started")
    assert harmless(report)
    assert nothing_left()
    after = grade(COURSE, CASE_SETS, Submission("", "a.py", RIGHT), start=workers.start)
    assert (after.score, after.isolation) == (1, "full")


@pytest.mark.parametrize("kind", ["from within", "by files"])
def test_a_class_of_attackers_earns_nothing_and_harms_no_neighbour(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("checker.grading.session.LOADING", 0.3)
    made = {task.function: generation.generate(task) for task in MANY.tasks}
    monkeypatch.setattr(case_cache, "load", lambda assignment: made)
    attacks = attacks_by_files.all_of(made)
    assert len(CASES) + len(WITHIN) + len(attacks) >= 300  # as README and docs/security.md say
    assignment = MANY
    if kind == "from within":
        attacks = {name: {"a.py": source(*attack)} for name, attack in WITHIN.items()}
        assignment = replace(MANY, tasks=COURSE.tasks)
    rows = class_run(tmp_path, assignment, attacks)
    neighbours = [rows.pop(name).report for name in ("first", "last")]
    assert [each.score for each in neighbours] == [assignment.points] * 2
    assert {each.isolation for each in neighbours} == {"full"}
    assert not [(name, row.report.tasks) for name, row in rows.items() if row.report.score]
    assert not [(name, row.report.tasks) for name, row in rows.items() if row.fault]
    assert not [name for name, row in rows.items() if not harmless(row.report)]
    assert nothing_left()


def test_there_are_as_many_as_is_said():
    assert len(CASES) == len(set(CASES)) >= 150
    assert len(WITHIN) >= 120


def test_the_grader_still_compares_as_it_did():
    assert not np.allclose([0.0], [1.0])
    assert os.path.isdir("/tmp")
    assert assignment.find("backprop").points == 20


@pytest.mark.parametrize(
    ("body", "known", "again"),
    [("while True: pass", True, 0), (SLEEPS, True, 0), (SLEEPS, False, 1)],
)
def test_only_what_may_have_been_slowed_is_run_again_alone(
    workers, monkeypatch, body, known, again
):
    """What computes or sleeps too long would do so again, whatever else the machine is doing."""
    if not known:
        monkeypatch.setattr(limits, "waiting_time", lambda _: None)
    lock, times = ReadersWriterLock(), []
    exclusive = lock.exclusive
    monkeypatch.setattr(lock, "exclusive", lambda: (times.append(1), exclusive())[1])
    submission = Submission("x", "a.py", source("", body).encode())
    report = grade(COURSE, CASE_SETS, submission, start=workers.start, lock=lock)
    assert report.tasks[0].verdict == "timed out"
    assert len(times) == again


def test_lists_that_a_worker_sends_are_counted_and_not_described():
    """To write out what is in them would take the grader longer than the worker to send them."""
    arrays = [np.zeros((1,) * 32)] * 2
    result = CASE_SETS["dense"].cases[0].results[0]
    assert fault(result, arrays) == "it is a list of 2 values"
    judged = Judgement("wrong", "", (arrays,), (False,))
    shown = counterexample(CASE_SETS["dense"], CASE_SETS["dense"].cases[0], judged)
    assert list(shown["got"].values()) == ["a list of 2 values"]
    seen = as_seen(Observed("x" * 9999, 9999, [["w" * 999, 1]] * 99, [[arrays, 1]] * 99))
    assert len(str(seen)) < 9999


@pytest.mark.parametrize("results", [[[[[np.zeros(1)]]]], [1.5], [None], [["x", b""]]])
def test_a_result_is_an_array_or_words_or_a_list_of_them(results):
    asked = calls.pack([[np.zeros(2)]])
    message = ["each", asked.numbers, [["returned", results, False]]]
    with pytest.raises(WorkerDiedError):
        print(messages.Answers(message, asked, 1).replies)
