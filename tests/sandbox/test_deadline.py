"""A worker may compute and sleep for so long; that the machine is busy is not held against it."""

import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import pytest

from checker.sandbox import deadline, limits, wire
from checker.sandbox.budget import MOST_SLEEP, SHORTEST_PATIENCE, Budget
from checker.sandbox.deadline import CPU_SLACK, Deadline
from checker.sandbox.failures import CpuTimeSpentError, SleptError, TimedOutError
from checker.sandbox.host import Worker
from checker.sandbox.line import Line


@pytest.fixture
def machine(monkeypatch):
    """A clock, and the times of a process, as a dictionary to change."""
    times = {"clock": 100.0, "cpu": 0.0, "waiting": 0.0}
    monkeypatch.setattr(deadline.time, "monotonic", lambda: times["clock"])
    monkeypatch.setattr(limits, "processor_time", lambda _: times["cpu"])
    monkeypatch.setattr(limits, "waiting_time", lambda _: times["waiting"])
    return times


def run(machine, limit, seconds, cpu=0.0, waiting=None):
    """Let time pass as the grader sees it: it looks whenever `limit` says. These are shares."""
    end = machine["clock"] + seconds
    while machine["clock"] < end:
        step = min(limit.wait(), end - machine["clock"])
        machine["clock"] += step
        machine["cpu"] += cpu * step
        if waiting:
            machine["waiting"] += waiting * step
    limit.wait()


def test_time_is_counted_as_computing_or_sleeping(machine):
    limit = Deadline(1, 5.0, 2.0)
    run(machine, limit, 1.9)
    with pytest.raises(SleptError):
        run(machine, limit, 0.2)
    assert limit.taken() == (0.0, pytest.approx(2.0, abs=0.02))
    computing = Deadline(1, 2.0, 0.1)
    run(machine, computing, 2.0 + CPU_SLACK / 2, cpu=1.0)
    with pytest.raises(CpuTimeSpentError):
        run(machine, computing, 0.2, cpu=1.0)
    assert computing.taken() == (pytest.approx(2.0 + CPU_SLACK, abs=0.02), 0.0)


def test_a_short_limit_is_exceeded_by_little(machine):
    limit = Deadline(1, 0.25, 0.25)
    run(machine, limit, 0.3, cpu=1.0)
    with pytest.raises(CpuTimeSpentError):
        run(machine, limit, 0.02, cpu=1.0)


def test_waiting_for_a_processor_is_no_fault(machine):
    limit = Deadline(1, 4.0, 2.0)
    run(machine, limit, 500.0, cpu=0.004, waiting=0.996)
    assert limit.taken() == (pytest.approx(2.0), pytest.approx(0.0, abs=1e-6))
    with pytest.raises(SleptError):
        run(machine, limit, 2.1)


def test_a_grader_that_was_stopped_itself_holds_that_against_nobody(machine):
    limit = Deadline(1, 2.0, 2.0)
    limit.wait()
    machine["clock"] += 60.0
    assert limit.wait() <= 2.0
    with pytest.raises(SleptError):
        run(machine, limit, 2.1)


def test_a_grader_that_waits_for_its_turn_holds_that_against_nobody(machine):
    limit = Deadline(1, 2.0, 2.0)
    limit.wait()
    machine["clock"] += 0.03  # it slept
    limit.answered()
    machine["clock"] += 60.0
    assert limit.taken() == (0.0, pytest.approx(0.03))
    run(machine, limit, 1.9)
    assert limit.taken() == (0.0, pytest.approx(1.93))


def test_where_the_waiting_is_unknown_the_clock_is_more_patient(machine):
    machine["waiting"] = None
    limit = Deadline(1, 2.0, 0.1)
    run(machine, limit, 5.9)
    assert limit.taken() == (pytest.approx(5.9 / 3), 0.0)
    with pytest.raises(TimedOutError) as raised:
        run(machine, limit, 0.2)
    assert raised.type is TimedOutError


def test_a_budget_has_no_patience_with_sleep_and_still_grades_what_does_not_sleep():
    budget = Budget(13.0)
    assert budget.patience() == MOST_SLEEP
    budget.charge(1.0, 1.0)
    assert (budget.left(), budget.patience()) == (12.0, MOST_SLEEP - 1.0)
    budget.charge(1.0, 20.0)
    assert (budget.left(), budget.patience()) == (11.0, SHORTEST_PATIENCE)


def test_the_answer_has_come_before_the_turn_is_taken_back():
    order = []
    end, theirs = socket.socketpair()

    class Looks:
        asleep = True

        def wait(self):
            if order:
                theirs.sendall(b"x")
            return 0.01

        def answered(self):
            order.append("answered")

    class Passing:
        @contextmanager
        def passed_on(self):
            order.append("passed on")
            yield
            order.append("taken back")

    with theirs, closing(Line(end)) as line:
        line.turns = Passing()
        assert line.receive(1, Looks()) == b"x"
    assert order == ["passed on", "answered", "taken back"]


class _Sleeper:
    """A process that has slept for an hour, and says what it has said."""

    pid = 1

    def end(self, timeout):
        return 0


def test_an_answer_that_was_not_read_yet_is_read(monkeypatch):
    monkeypatch.setattr(limits, "waiting_time", lambda _: 0.0)
    monkeypatch.setattr(limits, "processor_time", lambda _: 0.0)
    line, theirs = socket.socketpair()
    body = wire.encode(["names", "", ""])

    def answer():
        nonce = theirs.recv(24, socket.MSG_WAITALL)[:16]
        theirs.sendall(nonce + struct.pack("<Q", len(body)) + body)

    with closing(theirs), closing(Worker(line, _Sleeper())) as worker:
        worker._ready = object()
        monkeypatch.setattr(deadline.Deadline, "wait", _slept_after(answer))
        assert worker.read("look", [], seconds=1.0) == ["names", "", ""]
        with pytest.raises(SleptError):
            worker.read("look", [], seconds=1.0)


def _slept_after(answer):
    """A deadline that is over as soon as the answer has arrived, which comes only once."""
    threads = []

    def wait(_):
        if not threads:
            threads.append(threading.Thread(target=answer))
            threads[0].start()
            threads[0].join()
        raise SleptError

    return wait


# Elsewhere the clock alone decides.
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells for how long a process waits")
def test_the_kernel_tells_for_how_long_a_process_waits():
    with subprocess.Popen([sys.executable, "-c", "while True: pass"]) as process:
        time.sleep(0.3)
        waited, used = limits.waiting_time(process.pid), limits.processor_time(process.pid)
        process.kill()
    assert 0 <= waited <= 30
    assert used > 0
    assert limits.waiting_time(2**22 + 1) is None  # no process has so large an id
