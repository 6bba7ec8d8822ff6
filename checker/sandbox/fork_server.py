"""The fork server: it imports numpy once and forks a worker for each submission in 2 ms.

It never sees a submission, a fresh case or an answer, because every worker inherits its memory. The
arguments of visible cases are unpacked here once, for all workers.
"""

import contextlib
import gc
import importlib
import os
import socket

from checker.sandbox import child, confinement, kernel, worker
from checker.sandbox.fork_commands import COMMAND, END, FORK, KEEP, REPLY

USED_BY_MANY = ("numpy.random", "json", "tarfile", "zipfile")  # submissions


def main(descriptor: str, *left_out: str) -> None:
    """Read fork commands from the socket with this descriptor until the other end is closed."""
    for module in USED_BY_MANY:
        importlib.import_module(module)
    _freeze()
    serve(worker.connected(descriptor), left_out)


def serve(control: socket.socket, left_out: tuple[str, ...] = ()) -> None:
    """Read fork commands until the other end is closed."""
    plan = confinement.prepare(left_out)
    worker.hide_the_grader()
    with contextlib.suppress(OSError):
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)  # so that workers cannot read each other's memory
    while True:
        message, lines, _, _ = socket.recv_fds(control, COMMAND.size, 1)
        if not message:
            return
        command, number, pid, timeout = COMMAND.unpack(message)
        reply = 0
        if command == FORK:
            reply = _fork(control, lines[0], plan)
        elif command == END:
            reply = child.end(pid, timeout)
        elif command == KEEP:
            worker.keep(lines[0])
            _freeze()
        control.sendall(REPLY.pack(number, reply))


def _freeze() -> None:
    """Leave all objects alone: a collection would write to each, and no page would stay shared."""
    gc.collect()
    gc.freeze()


def _fork(control: socket.socket, line: int, plan: confinement.Plan) -> int:
    """Fork a worker on this socket and return its process id. The child never returns."""
    pid = os.fork()
    if pid:
        os.close(line)
        return pid
    try:
        os.setsid()
        control.close()
        worker.serve(socket.socket(fileno=line), plan)
    finally:
        os._exit(0)
