"""The process that `early_start` starts: it imports numpy, then forks the fork server.

Until then it is as empty as a worker, so the fork server knows no more than one that was started by
itself. Only afterwards does this process learn what to grade, and in which environment and folder.
The two import everything else at the same time.
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
from importlib import import_module
from typing import NoReturn

from checker.sandbox import child, kernel
from checker.sandbox.worker_pool import ForkServer, Workers

SHARED = "checker.sandbox.messages"  # and numpy with it: imported before the fork, for both
RARELY = 100_000  # objects between two collections: this process ends soon


def main(order: str, reply: str, stdout: str, stderr: str, *modules: str) -> NoReturn:
    """Carry out the order that comes through this pipe, and write to the other what came of it.

    Meanwhile import these modules.
    """
    import_module(SHARED)
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server = os.fork()
    if not server:
        _serve(theirs)
    theirs.close()
    for module in modules:
        import_module(module)
    with contextlib.suppress(OSError):  # ends with the process that waits for it
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    with open(int(order), "rb") as pipe:
        ordered = pipe.read()
    if ordered:
        os.dup2(int(stdout), 1)
        os.dup2(int(stderr), 2)
        workers = Workers(server=ForkServer(control, _Child(server)))
        answer = _carried_out(ordered, workers)
        with contextlib.suppress(OSError), open(int(reply), "wb") as pipe:
            pipe.write(answer)
        workers.close()
    os._exit(0)  # without taking everything down first


def _serve(control: socket.socket) -> NoReturn:
    """Be the fork server, which has no other file."""
    try:
        from checker.sandbox import confinement, fork_server

        os.dup2(control.fileno(), confinement.CHANNEL)
        os.closerange(confinement.CHANNEL + 1, 1 << 16)
        fork_server.serve(socket.socket(fileno=confinement.CHANNEL))
    finally:
        os._exit(0)


def _carried_out(ordered: bytes, workers: Workers) -> bytes:
    """The reply to an order: whether it failed, and what it returned or raised."""
    gc.enable()
    gc.set_threshold(RARELY)
    environment, folder, path, packed = pickle.loads(ordered)
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
        return child.end(self.pid, timeout)
