"""The worker: runs a submission, and answers with nothing but data.

It is told functions and inputs. It knows no expected answer, and judges nothing. Before it reads
the first byte of a submission it confines itself, and says how far it got.
"""

import contextlib
import io
import os
import random
import socket
import struct
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.worker import answers, confinement, handed_in, limits, permits, source, wire
from checker.worker.results import results
from checker.worker.seal import seal

NAMES = 5000  # of what a file defines
NOTES = 50
FORBIDDEN = (
    "reference",
    "checker",
    "assignments",
    "torch",
    "jax",
    "tensorflow",
    "keras",
    "scipy",
    "sklearn",
)
PACKAGES = ("site-packages", "dist-packages")


def main(descriptor: int, left_out: tuple[str, ...] = ()) -> None:
    """A worker that was started for one submission alone, not forked."""
    serve(socket.socket(fileno=descriptor), confinement.prepare(left_out))


def serve(line: socket.socket, plan: confinement.Plan) -> None:
    line = _alone_with(line)
    level, lacking = confinement.confine(plan)
    _hide_the_grader()
    _send(line, bytes(16), ["ready", level, lacking])
    loaded, asked = source.Loaded(), 0
    while (message := _receive(line)) is not None:
        nonce, (verb, seconds, *details) = message
        limits.processor(seconds)
        if verb == "load":
            loaded, reply = _load(*details)
            _send(line, nonce, reply)
        else:
            function, parts, cases, largest = details
            asked += 1
            _seed(asked)
            with _silence():
                replies = [_call(loaded, function, parts, case, largest) for case in cases]
            _send(line, nonce, answers.message(replies))


def _alone_with(line: socket.socket) -> socket.socket:
    """The line where `confinement` leaves it open, and nothing behind the standard three."""
    nothing = os.open(os.devnull, os.O_RDWR)
    descriptor = line.detach()
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    if os.name != "posix":
        return socket.socket(fileno=descriptor)
    if descriptor != confinement.CHANNEL:
        os.dup2(descriptor, confinement.CHANNEL, inheritable=False)
    return socket.socket(fileno=confinement.CHANNEL)


def _receive(line: socket.socket) -> Any:
    header = _exactly(line, 24)
    if header is None:
        return None
    body = _exactly(line, struct.unpack("<Q", header[16:])[0])
    return None if body is None else (header[:16], wire.decode(body))


def _exactly(line: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        more = line.recv(min(size - len(data), 2**20))
        if not more:
            return None
        data += more
    return bytes(data)


def _send(line: socket.socket, nonce: bytes, value: Any) -> None:
    body = wire.encode(value)
    line.sendall(nonce + struct.pack("<Q", len(body)) + body)


class _Refuse:
    """Says in words why a module is not there for a submission."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in FORBIDDEN:
            raise ImportError(f"{name} is not allowed here: write it yourself, with numpy")


def _hide_the_grader() -> None:
    """Python and numpy are there, and no other package: the same on every machine.

    This is for clear messages, not for safety: what must not be read, the kernel does not let read.
    """
    ours = [finder for finder in sys.meta_path if isinstance(finder, type)]
    sys.meta_path[:] = [_Refuse(), *ours]
    sys.path[:] = [place for place in sys.path if not place.endswith(PACKAGES)]
    for name in [name for name in sys.modules if name.partition(".")[0] in FORBIDDEN]:
        del sys.modules[name]


def _seed(number: int) -> None:
    """Draws repeat: whoever forgets a seed gets the same grade twice, and not one draw twice."""
    random.seed(number)
    if "numpy.random" in sys.modules:  # importing it takes a while, and few submissions do
        sys.modules["numpy.random"].seed(number)


def _load(
    filename: str, data: bytes, others: list[Any], bare: int, allowed: list[str]
) -> tuple[source.Loaded, list[Any]]:
    if b"random" in data:
        import numpy.random  # noqa: F401, so that its draws can be repeated
    _seed(0)
    files = {str(name): text for name, text in others}
    importing = permits.only(allowed, handed_in.packages(files)) if allowed else None
    sys.meta_path.insert(0, handed_in.Finder(files, importing))
    try:
        with _silence():
            loaded = source.load(filename, data, bare=bool(bare), importing=importing)
    except source.UnreadableError as error:
        return source.Loaded(), ["unreadable", str(error)]
    callables = [name[:100] for name, value in loaded.names.items() if callable(value)][-NAMES:]
    broken = [[name[:100], why[:200]] for name, why in loaded.broken.items()][:NOTES]
    notes = [note[:200] for note in loaded.notes[:NOTES]]
    return loaded, ["loaded", callables, loaded.stubs[:NAMES], broken, notes]


def _call(
    loaded: source.Loaded, function: str, parts: int, arguments: list[Any], largest: int
) -> list[Any]:
    """["returned", results, a seal on the arguments after it] or ["raised", kind, words, line,
    whether that is a ValueError]."""
    arguments = list(map(_own, arguments))
    try:
        answer = results(loaded.names[function](*arguments), parts, largest)
    except BaseException as error:  # sys.exit in a function ends the call, not the run
        return ["raised", *_where(error, loaded), isinstance(error, ValueError)]
    return ["returned", answer, seal(arguments)]


def _own(argument: Any) -> Any:
    """A copy of an array; a shape is a tuple again, which a message knows as a list only."""
    if isinstance(argument, list):
        return tuple(argument)
    return argument.copy() if isinstance(argument, np.ndarray) else argument


def _where(error: BaseException, loaded: source.Loaded) -> tuple[str, str, int]:
    """The kind of exception, its words, and the last line of the student's file it went through."""
    filename = loaded.names.get("__file__")
    frames = traceback.extract_tb(error.__traceback__)
    line = next((f.lineno for f in reversed(frames) if f.filename == filename), None)
    return type(error).__name__[:100], str(error)[:300], line or 0


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing printed goes anywhere, and numpy warns of nothing."""
    nothing = _Nowhere()
    with (
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
        np.errstate(all="ignore"),
    ):
        yield


class _Nowhere(io.TextIOBase):
    """Takes whatever is printed, however much it is, and keeps nothing."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)
