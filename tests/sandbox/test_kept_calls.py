"""Calls that the fork server keeps are the same as calls that are sent."""

import os
import signal
import sys
from contextlib import closing

import numpy as np
import pytest

from checker.sandbox import calls
from checker.sandbox.calls import Asked
from checker.sandbox.worker_pool import COMMAND_SECONDS, Workers

CALLS = calls.pack([[np.arange(3.0), 2], [np.ones((2, 2)), (np.zeros(1), "text")]])
SPOILING = b"""
def total(x, other): return x.sum()
def spoiled(x, other):
    x += 1
    return x.sum()
"""

# Elsewhere no worker is forked, and all calls are sent.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server")


@pytest.fixture(scope="module")
def workers():
    with Workers() as started:
        started.keep([calls.pack([[7]]), CALLS])
        yield started


def answered(worker, *functions, asked=CALLS):
    worker.load("a.py", SPOILING, {}, seconds=5.0, bare=False, imports=())
    questions = [Asked(function, 1, asked, 1000) for function in functions]
    return list(worker.run(questions, seconds=5.0))


def totals(answers):
    return [float(reply.results[0]) for reply in answers.replies]


def test_a_worker_knows_kept_calls_and_is_sent_all_others(workers):
    sent = calls.pack([[np.arange(3.0), 2], [np.full((2, 2), 5.0), 1]])
    with closing(workers.start()) as worker:
        (kept,) = answered(worker, "total")
        (other,) = answered(worker, "total", asked=sent)
    assert (totals(kept), totals(other)) == ([3.0, 4.0], [3.0, 20.0])


def test_kept_calls_are_not_sent(workers):
    with closing(workers.start()) as worker:
        worker.ready()
        sent, send = [], worker._send
        worker._send = lambda data, deadline: (sent.append(data), send(data, deadline))
        answered(worker, "total")
    assert CALLS.numbers.tobytes() not in sent[-1]
    assert len(sent[-1]) < 200


def test_what_one_run_changes_is_seen_and_the_next_one_begins_anew(workers):
    with closing(workers.start()) as worker:
        answers = answered(worker, "spoiled", "spoiled", "total")
    assert [totals(each) for each in answers] == [[6.0, 8.0], [6.0, 8.0], [3.0, 4.0]]
    changed = [[reply.mutated for reply in each.replies] for each in answers]
    assert changed == [[True, True], [True, True], [False, False]]


def test_no_worker_sees_what_another_one_has_changed(workers):
    for _ in range(2):
        with closing(workers.start()) as worker:
            assert totals(answered(worker, "spoiled")[0]) == [6.0, 8.0]


def test_a_new_fork_server_knows_them_too():
    with Workers() as workers:
        workers.keep([CALLS])
        workers.start().close()
        workers._server._process.end(0)
        with closing(workers.start()) as worker:
            assert CALLS in workers._server._kept
            assert totals(answered(worker, "total")[0]) == [3.0, 4.0]


def test_a_reply_that_comes_too_late_is_not_that_to_the_next_command():
    with Workers() as workers:
        workers.start().close()
        server = workers._server
        server._control.settimeout(0.05)
        os.kill(server._process.pid, signal.SIGSTOP)
        workers.keep([CALLS])
        os.kill(server._process.pid, signal.SIGCONT)
        server._control.settimeout(COMMAND_SECONDS)
        with closing(workers.start()) as worker:
            assert (workers._server, server._kept) == (server, {})
            assert worker._process.pid > 0
            assert totals(answered(worker, "total")[0]) == [3.0, 4.0]


def test_other_calls_take_the_place_of_kept_ones(workers):
    with Workers() as started:
        started.keep([CALLS])
        started.keep([calls.pack([[np.zeros(9), 0]]), calls.pack([[np.ones(9), 0]])])
        with closing(started.start()) as worker:
            known = list(started._server._kept)
            assert [totals(answered(worker, "total", asked=each)[0]) for each in known] == [
                [0],
                [9],
            ]
