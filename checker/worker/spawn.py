"""A worker of its own, started from nothing: for one submission, and where there is no fork."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from checker.worker.host import Worker

ROOT = Path(__file__).parents[2]
START = """
import sys
descriptor, root, module, *left_out = sys.argv[1:]
sys.path.insert(0, root)
main = __import__("checker.worker." + module, fromlist=["main"]).main
del sys.path[0]
if descriptor == "shared":  # Windows hands sockets on as bytes, not as numbers
    import socket
    descriptor = socket.fromshare(sys.stdin.buffer.read()).detach()
main(int(descriptor), tuple(left_out))
"""


def spawn(left_out: tuple[str, ...] = ()) -> Worker:
    """A worker that imports numpy while the caller does something else."""
    line, theirs = socket.socketpair()
    with theirs:
        return Worker(line, Interpreter("child", theirs, left_out))


def first(worker: Worker) -> Callable[[], Worker]:
    """Starts workers of which one is there already."""
    ready = [worker]
    return lambda: ready.pop() if ready else spawn()


class Interpreter:
    """A fresh Python without the caller's paths, variables and files."""

    def __init__(self, module: str, line: socket.socket, left_out: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gradproof-", ignore_cleanup_errors=True)
        windows = os.name == "nt"
        descriptor = "shared" if windows else str(line.fileno())
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", START, descriptor, str(ROOT), module, *left_out],
            pass_fds=[] if windows else [line.fileno()],
            cwd=self._folder.name,
            env=_environment(),
            stdin=subprocess.PIPE if windows else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if sys.platform == "win32" and self._process.stdin is not None:
            self._process.stdin.write(line.share(self._process.pid))
            self._process.stdin.close()

    def end(self, patience: float) -> int | None:
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
        return self._process.returncode


def _environment() -> dict[str, str]:
    """Nothing of the parent's, and one thread for linear algebra: the same sums on any machine."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | dict.fromkeys(threads, "1") | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
