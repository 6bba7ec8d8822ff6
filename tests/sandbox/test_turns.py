"""Turns, and the second try of a submission that the kernel has ended for want of memory."""

import contextlib
import threading
import time
from concurrent.futures import CancelledError

import pytest

from checker.classroom import layouts
from checker.classroom.run import Run
from checker.classroom.store import Store
from checker.course import assignment
from checker.grading import pipeline
from checker.grading.report import Report, TaskReport
from checker.sandbox import host, shortage
from checker.sandbox.failures import LostError, WorkerDiedError
from checker.sandbox.turns import Turns

BACKPROP = assignment.find("backprop")


class Killed:
    """A process that the kernel has ended."""

    pid = 2**22 + 1

    def end(self, timeout):
        return -9


class Lost(Killed):
    def end(self, timeout):
        return None


def death(beside_others, process):
    line, theirs = host.socket.socketpair()
    theirs.close()
    with contextlib.closing(host.Worker(line, process)) as worker:
        if beside_others:
            worker.beside_others(Turns(2))
        worker._ready = object()
        worker.read("look", [], seconds=1.0)


@pytest.mark.parametrize(
    ("kills", "beside_others", "raised"),
    [(1, True, LostError), (1, False, WorkerDiedError), (0, True, WorkerDiedError)],
)
def test_a_kill_is_no_fault_if_memory_was_short_beside_others(
    monkeypatch, kills, beside_others, raised
):
    monkeypatch.setattr(shortage, "memory_kills", lambda: host.MEMORY_KILLS_BEFORE + kills)
    with pytest.raises(raised):
        death(beside_others, Killed())


@pytest.mark.parametrize(("beside_others", "raised"), [(True, LostError), (False, WorkerDiedError)])
def test_the_end_of_the_fork_server_is_no_fault_beside_others(beside_others, raised):
    with pytest.raises(raised):
        death(beside_others, Lost())


def test_what_memory_was_short_for_is_graded_once_more_alone(tmp_path, monkeypatch):
    alone = []

    def grade(found, case_sets, submission, *, lock, **_):
        if lock is not None and submission.data.endswith(b"3"):
            raise LostError
        if lock is None:
            alone.append(submission.data[-1:])
        return Report("backprop", "", 1.0, 20.0, [TaskReport("dense", "wrong", 1.0, 20.0)])

    monkeypatch.setattr(pipeline, "grade", grade)
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(6):
        (folder / f"s{number}.py").write_text(f"def dense(): {number}")
    _, submissions = layouts.read(folder, BACKPROP)
    with contextlib.closing(Store(tmp_path / "grades.sqlite")) as store:
        rows = list(Run(BACKPROP, submissions, store, 2, seed=1).grade())
    assert [row.fault for row in rows] == [False] * 6
    assert alone == [b"3"]


def test_a_turn_is_passed_on_and_taken_back():
    turns, order = Turns(1), []

    def other():
        with turns.one():
            order.append("other")

    thread = threading.Thread(target=other)
    with turns.one():
        thread.start()
        order.append("first")
        with turns.passed_on():
            thread.join()
        order.append("again")
    assert order == ["first", "other", "again"]


def test_who_had_a_turn_is_first_and_the_others_go_in_their_order():
    turns, order, names = Turns(1), [], ["a", "b", "c"]
    passed, go_on = threading.Event(), threading.Event()

    def slept():
        with turns.one():
            with turns.passed_on():
                passed.set()
                go_on.wait(20)
            order.append("slept")

    def other(name):
        with turns.one():
            order.append(name)

    threads = [threading.Thread(target=slept)]
    threads += [threading.Thread(target=other, args=(name,)) for name in names]
    threads[0].start()
    passed.wait(20)
    with turns.one():
        for waiting, thread in enumerate(threads[1:]):
            thread.start()
            waits(turns, waiting + 1)
        go_on.set()
        waits(turns, len(threads))
    for thread in threads:
        thread.join(20)
    assert order == ["slept", *names]


def waits(turns, many):
    """Return when so many wait for a turn."""
    end = time.monotonic() + 20
    while len(turns._waiting) < many and time.monotonic() < end:
        time.sleep(0.001)
    assert len(turns._waiting) == many


def test_alone_nobody_else_has_a_turn_and_two_do_not_wait_for_each_other():
    turns, inside, most = Turns(3), [], []

    def work():
        with turns.one():
            inside.append(1)
            time.sleep(0.005)  # so that they would meet
            inside.pop()
        with turns.all():
            inside.append(1)
            time.sleep(0.005)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == [1] * 8
    turns.end()
    with pytest.raises(CancelledError), turns.one():
        pass
