"""Start a worker in a new Python process, for a single submission or where forking is unsafe."""

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from checker.sandbox.host import Worker

ROOT = Path(__file__).parents[2]
# The interpreter starts without `site`, so that its path has the standard library and nothing that
# a .pth file, an editable install or PYTHONPATH would add. Only the first imports have more. These
# leave no garbage, and to look for some would take a tenth of their time.
START_SCRIPT = """
import gc, site, sys
gc.disable()
descriptor, root, numpy, module, *left_out = sys.argv[1:]
sys.path += [root, numpy]
main = __import__("checker.sandbox." + module, fromlist=["main"]).main
del sys.path[-2:]
gc.freeze(), gc.enable()
site.setquit(), site.sethelper(), site.setcopyright()  # the names that `site` defines
if descriptor == "shared":  # Windows passes sockets to a child as bytes, not as numbers
    import socket
    descriptor = socket.fromshare(sys.stdin.buffer.read()).detach()
main(int(descriptor), tuple(left_out))
"""


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
        windows, anywhere = os.name == "nt", "/"
        if windows:
            import tempfile

            anywhere = tempfile.gettempdir()
        descriptor = "shared" if windows else str(line.fileno())
        arguments = [descriptor, str(ROOT), _folder_of_numpy(), module, *left_out]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", START_SCRIPT, *arguments],
            pass_fds=[] if windows else [line.fileno()],
            cwd=anywhere,
            env=_environment(),
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
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        return self._process.returncode


def _folder_of_numpy() -> str:
    """The folder that numpy is imported from, found without importing it."""
    found = importlib.util.find_spec("numpy")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("numpy is not installed")
    return str(Path(found.origin).parents[1])


def _environment() -> dict[str, str]:
    """Environment variables that do not depend on the caller's.

    Linear algebra uses one thread, so that sums are the same on every machine.
    """
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | dict.fromkeys(threads, "1") | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
