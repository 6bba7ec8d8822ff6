"""The process that `GraderProcess` starts: it imports numpy, then forks the fork server.

Until then it is as empty as a worker, so the fork server knows no more than one that was started by
itself. Only afterwards does this process learn what to grade, and in which environment and folder.
"""

import contextlib
import gc
import os
import pickle
import signal
import site
import socket
import sys
from dataclasses import dataclass

from checker.sandbox import fork_server, kernel
from checker.sandbox.grader_process import STREAMS, everything
from checker.sandbox.worker_pool import ForkServer, Workers

RARELY = 100_000  # objects between two collections: this process ends soon


def main(descriptor: int, left_out: tuple[str, ...] = ()) -> None:
    """Carry out the order that comes on this socket, and send what came of it."""
    line = socket.socket(fileno=descriptor)
    with contextlib.suppress(OSError):  # ends with the process that waits for it
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    server = _forked_server(line, left_out)
    ordered, streams, _, _ = socket.recv_fds(line, 1, len(STREAMS))
    if ordered:
        for stream, sent in zip(STREAMS, streams, strict=False):
            os.dup2(sent, stream)
            os.close(sent)
        with Workers(left_out, server) as workers:
            reply = _carried_out(everything(line), workers)
        with contextlib.suppress(OSError):  # nobody waits any more
            line.sendall(reply)
    os._exit(0)  # without taking everything down first


def _forked_server(line: socket.socket, left_out: tuple[str, ...]) -> ForkServer:
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if not pid:
        try:
            line.close()
            control.close()
            fork_server.serve(theirs, left_out)
        finally:
            os._exit(0)
    theirs.close()
    return ForkServer(control, _Child(pid))


def _carried_out(order: bytes, workers: Workers) -> bytes:
    """The reply to an order: whether it failed, and what it returned or raised."""
    gc.set_threshold(RARELY)
    environment, folder, path, packed = pickle.loads(order)
    os.environ.update(environment)
    os.chdir(folder)
    site.main()  # installed packages may be found in ways of their own
    sys.path[:] = path
    try:
        function, arguments = pickle.loads(packed)
        return pickle.dumps((False, function(workers.start, *arguments)))
    except Exception as error:
        return pickle.dumps((True, error))


@dataclass(frozen=True)
class _Child:
    """A process that was forked from this one."""

    pid: int

    def end(self, timeout: float) -> int | None:
        return fork_server.end(self.pid, timeout)
