"""Start a worker in a new Python process, for a single submission or where forking is unsafe."""

import os
import socket
import sys
from collections.abc import Callable

from checker.sandbox import interpreter
from checker.sandbox.host import Worker


def spawn(left_out: tuple[str, ...] = ()) -> Worker:
    """Start a worker without waiting for it."""
    line, theirs = socket.socketpair()
    with theirs:
        return Worker(line, Interpreter("worker", theirs, left_out))


def first(worker: Worker) -> Callable[[], Worker]:
    """Return a function that starts workers. Its first call returns this one, already started."""
    started = [worker]
    return lambda: started.pop() if started else spawn()


class Interpreter:
    """A new Python process without the caller's paths, environment variables and files."""

    def __init__(self, module: str, line: socket.socket, left_out: tuple[str, ...]) -> None:
        import subprocess  # takes time, and few commands need it

        windows = os.name == "nt"
        self._process = subprocess.Popen(
            interpreter.command(module, str(line.fileno()), *left_out),
            pass_fds=[] if windows else [line.fileno()],
            env=interpreter.environment(),
            stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if sys.platform == "win32" and self._process.stdin is not None:
            self._process.stdin.write(line.share(self._process.pid))
            self._process.stdin.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def end(self, timeout: float) -> int | None:
        """Wait `timeout` seconds, then kill the process. Return its exit code."""
        from subprocess import TimeoutExpired

        try:
            self._process.wait(timeout)
        except TimeoutExpired:
            self._process.kill()
            self._process.wait()
        return self._process.returncode
