"""The parent's end: starts a worker, asks it, and never waits longer than it said it would."""

import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[2]); from checker.worker.child import main; "
    "del sys.path[0]; main(int(sys.argv[1]))"
)
LARGEST_MESSAGE = 256 * 2**20


class WorkerDiedError(Exception):
    """The process ended, or answered what is no answer."""


class TimedOutError(Exception):
    """No answer within the time."""


class Worker:
    """One process, one submission. `close` ends it, whatever the submission wants."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gradproof-", ignore_cleanup_errors=True)
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", START, str(theirs.fileno()), str(ROOT)],
                pass_fds=[theirs.fileno()],
                cwd=self._folder.name,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._line.close()
        self._folder.cleanup()

    def load(self, filename: str, data: bytes, seconds: float) -> list[Any]:
        (reply,) = self._ask(["load", filename, data], 1, seconds)
        return reply

    def run(
        self, function: str, parts: int, cases: list[list[Any]], seconds: float
    ) -> Iterator[list[Any]]:
        """The reply to each case in turn; `seconds` are for all of them together."""
        return self._ask(["run", function, parts, cases], len(cases), seconds)

    def _ask(self, message: list[Any], replies: int, seconds: float) -> Iterator[list[Any]]:
        from checker.worker import wire  # numpy comes with it: let it load while the worker starts

        deadline = time.monotonic() + seconds
        nonce, body = secrets.token_bytes(16), wire.encode(message)
        try:
            self._line.settimeout(seconds)
            self._line.sendall(nonce + struct.pack("<Q", len(body)) + body)
            for _ in range(replies):
                header = self._receive(24, deadline)
                (size,) = struct.unpack("<Q", header[16:])
                if header[:16] != nonce or size > LARGEST_MESSAGE:
                    raise WorkerDiedError("it answered a question that was not asked")
                reply = wire.decode(self._receive(size, deadline))
                if not isinstance(reply, list) or not reply:
                    raise WorkerDiedError("its answer is not an answer")
                yield reply
        except TimeoutError as error:
            raise TimedOutError from error
        except (OSError, wire.BadMessageError) as error:
            raise WorkerDiedError(str(error)) from error

    def _receive(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimedOutError
            self._line.settimeout(left)
            more = self._line.recv(min(size - len(data), 2**20))
            if not more:
                raise WorkerDiedError(self._last_words())
            data += more
        return bytes(data)

    def _last_words(self) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it hung up"
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    """Nothing of the parent's, and one thread for linear algebra: the same sums on any machine."""
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | dict.fromkeys(threads, "1") | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
