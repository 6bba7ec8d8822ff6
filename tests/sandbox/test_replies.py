"""Whatever a worker sends, it is the submission's verdict, and never an error of the grader."""

import contextlib
import random
import re
import socket
import struct
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cases import generation
from checker.course.assignment import Assignment, Task
from checker.grading.pipeline import grade
from checker.grading.submission import Submission
from checker.sandbox import calls, messages, wire
from checker.sandbox.budget import Budget
from checker.sandbox.failures import (
    BudgetSpentError,
    CpuTimeSpentError,
    NotStartedError,
    TimedOutError,
    WorkerDiedError,
)
from checker.sandbox.host import Worker
from checker.sandbox.spawn import spawn

READY = wire.encode(messages.pack(messages.Ready("full", [])))
NO_PROCESS = 2**22 + 1  # no process has so large an id
TASKS = (
    Task("identity", "identity", "forward", 1),
    Task("dense", "dense", "backward", 1),
    Task("mask", "dropout_mask", "sample", 1, ("examples", "units", "rate", "seed")),
)
COURSE = Assignment("some", Path(), "Some", 1.0, TASKS)
ODD = [
    *(None, True, -1, 0, 2**63 - 1, -(2**63), float("nan"), float("inf"), "", "x" * 9999, b"", []),
    *("\x1b[2J\u202e", [[[[[[]]]]]], ["returned", [], True], ["raised", "E", "", -1, True]),
    *(np.zeros((0, 3)), np.array(5), np.array(True), np.full((2, 2), np.nan), np.zeros((1,) * 32)),
    *(np.arange(9, dtype=np.uint8), np.array([-1, 2**62, -(2**63)]), np.zeros((2, 0), bool)),
]


class FakeProcess:
    pid = NO_PROCESS

    def __init__(self, code=0):
        self.code = code

    def end(self, timeout):
        return self.code


@pytest.fixture(scope="module")
def case_sets():
    return {task.function: generation.generate(task) for task in TASKS}


def message(nonce, body):
    return nonce + struct.pack("<Q", len(body)) + body


def received(line, size):
    data = b""
    while len(data) < size:
        if not (some := line.recv(size - len(data))):
            raise EOFError
        data += some
    return data


def fake(answer, code=0):
    """A worker whose replies are what `answer` makes of the requests: bytes after the header."""
    line, theirs = socket.socketpair()

    def serve():
        with theirs, contextlib.suppress(EOFError, OSError):
            theirs.sendall(message(bytes(16), READY))
            while True:
                header = received(theirs, 24)
                request = wire.decode(received(theirs, struct.unpack("<Q", header[16:])[0]))
                for each in single(request):
                    theirs.sendall(message(header[:16], answer(each)))

    threading.Thread(target=serve, daemon=True).start()
    return Worker(line, FakeProcess(code))


def single(request):
    """The request, or one with each of its questions if it has several."""
    match request:
        case ["run", seconds, [*questions]]:
            return [["run", seconds, [question]] for question in questions]
    return [request]


def honest(request):
    """A valid reply to a request, from functions that return their first argument."""
    match request:
        case ["load", *_]:
            names = [task.function for task in TASKS]
            return messages.pack(messages.Loaded(names, [], [["other", "why"]], ["note"]))
        case ["run", _, [[_, parts, _, [layout, numbers, others]]]]:
            arguments = calls.unpack(layout, numbers, others)
            first = [np.asarray(each[0] if each else 0.0) for each in arguments]
            replies = [messages.Returned([array] * parts, False) for array in first]
            if len(replies) % 2:
                replies[0] = messages.Raised("ValueError", "no", 1, True)
            return messages.answers_message(replies, numbers)
        case [verb, *_]:
            return [verb, "", np.zeros(0, np.int64), "", [], []]


def changed(value, rng):
    """The value with something in it changed."""
    if isinstance(value, list) and value and rng.random() < 0.9:
        at = rng.randrange(len(value))
        match rng.randrange(8):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return value[:at] + value[at : at + 1] * 3 + value[at + 1 :]
        return [*value[:at], changed(value[at], rng), *value[at + 1 :]]
    if isinstance(value, np.ndarray) and rng.random() < 0.6:
        if value.dtype == np.int64 and value.size and rng.random() < 0.7:
            value = value.copy()
            value.flat[rng.randrange(value.size)] = rng.choice([-1, 0, 3, 2**31, 2**62, -(2**63)])
            return value
        kinds = [
            np.atleast_2d(value),
            value.ravel()[:-1],
            value.ravel()[1:],
            value.astype(np.uint8),
            value > 0,
        ]
        return rng.choice(kinds)
    return rng.choice(ODD)


def damaged(value, rng):
    """A valid message, changed as values or as bytes."""
    body = wire.encode(value)
    if rng.random() < 0.7:
        for _ in range(rng.randrange(1, 3)):
            value = changed(value, rng)
        return wire.encode(value)
    body = bytearray(body)
    for _ in range(rng.randrange(1, 4)):
        if body:
            at = rng.randrange(min(len(body), 64) if rng.random() < 0.5 else len(body))
            body[at] = rng.choice([0, 1, 0x7F, 0xFF, *b"ALSBNFITU", rng.randrange(256)])
    return bytes(body[: rng.randrange(len(body))] if rng.random() < 0.1 else body)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_damaged_bytes_are_a_message_or_a_bad_one(seed):
    rng = random.Random(seed)
    asked = [*calls_of([[np.ones((2, 3)), 1], [np.zeros(0), None]])]
    request = ["run", 1.0, [["f", 2, 9, asked]]]
    reply = damaged(rng.choice([honest(request), honest(["load"])]), rng)
    with contextlib.suppress(wire.BadMessageError):
        wire.decode(reply)


def calls_of(arguments):
    packed = calls.pack(arguments)
    return packed.layout, packed.numbers, packed.others


@pytest.mark.parametrize("seed", range(6))
def test_no_reply_makes_the_grader_fail(case_sets, seed):
    rng = random.Random(seed)

    def answer(request):
        reply = honest(request)
        return damaged(reply, rng) if rng.random() < 0.5 else wire.encode(reply)

    submission = Submission("", "a.py", b"def dense(): pass")
    for _ in range(2):
        report = grade(COURSE, case_sets, submission, start=lambda: fake(answer))
        assert len(report.tasks) == len(TASKS)


def load(worker, text=b"", seconds=1.0):
    return worker.load("a.py", text, {}, seconds=seconds, bare=False, imports=())


def array(*shape):
    return b"A" + struct.pack(f"<BB{len(shape)}Q", 0, len(shape), *shape)


def listed(count, item):
    return b"L" + struct.pack("<Q", count) + item * count


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (array(0, 2**62, 2**62), "too big"),
        (array(0, 2**63 + 5), "Maximum allowed dimension"),
        (listed(2**17, b"N"), "too many values"),
        (listed(2**17, array() + bytes(8)), "too many values"),
        (listed(150_000, b"S" + struct.pack("<Q", 1) + b"x"), "too many values"),
        (listed(2**16, listed(2, b"N")), "too many values"),
        (listed(1, array(0)), "invalid reply"),
        (b"N", "invalid reply"),
    ],
)
def test_a_reply_that_is_none_is_the_end_of_the_worker(body, words):
    with closing(fake(lambda _: body)) as worker, pytest.raises(WorkerDiedError, match=words):
        load(worker)


def test_answers_that_begin_with_an_array_are_invalid():
    worker = fake(lambda _: wire.encode([np.zeros(2)] * 5))
    with closing(worker), pytest.raises(WorkerDiedError):
        list(worker.run([calls.Asked("f", 1, calls.pack([[]]), 1)], seconds=5.0))


@pytest.mark.parametrize("reply", [np.array(2.0), np.zeros((3, 3)), [np.array(2.0)]], ids=repr)
def test_an_array_in_place_of_a_reply_is_invalid(reply):
    """Since numpy 2.5 a pattern of a list also fits an array, and fails on one without axes."""
    asked = calls.pack([[np.zeros(2)]])
    with pytest.raises(WorkerDiedError):
        print(messages.Answers(["each", asked.numbers, [reply]], asked, 1).replies)


@pytest.mark.parametrize(
    ("shapes", "values"),
    [
        ([[1, 2], [1, 2]], [1.0, 2.0]),
        ([1, 2], [[1.0, 2.0], [1.0, 2.0]]),
        ([1, -1], [1.0, 2.0]),
        ([-1, 2], [1.0, 2.0]),
        ([2, 2**32, 2**32], [1.0, 2.0]),
        ([3, 0, 2**62, 2**62], [1.0, 2.0]),
        ([1, 3], [1.0, 2.0]),
        ([], [1.0, 2.0]),
    ],
)
def test_flat_answers_whose_shapes_do_not_fit_are_invalid(shapes, values):
    asked = calls.pack([[np.zeros(2)]])
    reshaped, sizes = np.zeros(1, bool), np.array(shapes, np.int64)
    flat = ["flat", asked.numbers, reshaped, sizes, np.array(values)]
    with pytest.raises(WorkerDiedError):
        print(messages.Answers(flat, asked, 1).replies)


@pytest.mark.parametrize("number", [*range(1, 65), 127, 255])
def test_every_signal_and_exit_code_has_words(number):
    """Also the real-time signals, which have no names."""
    for code in (number, -number):
        line, theirs = socket.socketpair()
        theirs.close()
        with closing(Worker(line, FakeProcess(code))) as worker:
            death = worker._death()
        assert isinstance(death, CpuTimeSpentError) or re.search(r"signal|exit|killed", str(death))


def test_bytes_that_drip_end_at_the_deadline():
    """Each byte comes in time, and all of them together would take hours."""
    line, theirs = socket.socketpair()

    def drip():
        with theirs, contextlib.suppress(EOFError, OSError):
            theirs.sendall(message(bytes(16), READY))
            nonce = received(theirs, 24)[:16]
            theirs.sendall(nonce + struct.pack("<Q", 10**6))
            while True:
                theirs.sendall(b"N")
                time.sleep(0.02)

    threading.Thread(target=drip, daemon=True).start()
    with closing(Worker(line, FakeProcess())) as worker, pytest.raises(TimedOutError):
        load(worker, seconds=0.1)


def test_a_worker_that_never_starts_is_the_fault_of_no_submission():
    line, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(NotStartedError, match=r"could not be started \(exit code 7\).*ulimit -a"):
        Worker(line, FakeProcess(7)).ready()


def test_a_budget_ends_what_its_requests_may_not_end_alone():
    text = b"import time\ntime.sleep(0.1)\ndef f():\n    while True: pass"
    with closing(spawn()) as worker:
        worker.budget = Budget(0.3)
        assert load(worker, text, seconds=5.0).functions == ["f"]
        for _ in range(2):
            with pytest.raises(BudgetSpentError, match=r"has used up its 0\.3 seconds"):
                list(worker.run([calls.Asked("f", 1, calls.pack([[]]), 1)], seconds=5.0))
        with pytest.raises(BudgetSpentError):
            worker.budget.left()


# Elsewhere a submission that lifts its limit is stopped by the clock, which takes much longer.
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells the CPU time")
def test_a_submission_that_lifts_its_limit_of_cpu_time_is_stopped_all_the_same(monkeypatch):
    monkeypatch.setattr("checker.sandbox.deadline.WALL_CLOCK_FACTOR", 99.0)  # for a busy machine
    lift = "r.setrlimit(r.RLIMIT_CPU, (r.getrlimit(r.RLIMIT_CPU)[1],) * 2)"
    text = f"import resource as r\ndef f():\n    {lift}\n    while True: pass"
    with closing(spawn()) as worker:
        load(worker, text.encode())
        with pytest.raises(CpuTimeSpentError):
            list(worker.run([calls.Asked("f", 1, calls.pack([[]]), 1)], seconds=0.3))
