"""The warm parent: has numpy imported, and forks a worker in two milliseconds for each submission.

It never sees a submission, a case or an answer: what it holds, every worker finds in its memory.
"""

import contextlib
import gc
import os
import select
import signal
import socket

import numpy.random  # noqa: F401, what a submission is likely to use is there already

from checker.worker import child, confinement, kernel
from checker.worker.orders import ANSWER, ENDED_UNSEEN, FORK, ORDER


def main(descriptor: int, left_out: tuple[str, ...] = ()) -> None:
    control = socket.socket(fileno=descriptor)
    plan = confinement.prepare(left_out)
    with contextlib.suppress(OSError):
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # nor may one worker look into the next
    gc.collect()
    gc.freeze()  # else the collector writes to every object, and no page stays shared
    while True:
        message, lines, _, _ = socket.recv_fds(control, ORDER.size, 1)
        if not message:
            return
        order, pid, patience = ORDER.unpack(message)
        answer = _fork(control, lines[0], plan) if order == FORK else _end(pid, patience)
        control.sendall(ANSWER.pack(answer))


def _fork(control: socket.socket, line: int, plan: confinement.Plan) -> int:
    pid = os.fork()
    if pid:
        os.close(line)
        return pid
    try:
        os.setsid()
        control.close()
        child.serve(socket.socket(fileno=line), plan)
    finally:
        os._exit(0)


def _end(pid: int, patience: float) -> int:
    """The exit code of a worker that has ended by itself, or else by being killed now."""
    with contextlib.suppress(OSError):
        handle = os.pidfd_open(pid)
        select.select([handle], [], [], patience)
        os.close(handle)
    try:
        os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except OSError:  # no such child
        return ENDED_UNSEEN
