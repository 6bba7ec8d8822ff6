"""The worker: runs a submission, and answers with nothing but data.

It is told functions and inputs. It knows no expected answer, and judges nothing.
"""

import contextlib
import io
import os
import socket
import struct
import sys
import traceback
from typing import Any

import numpy as np

from checker.worker import source, wire
from checker.worker.ragged import rows

MEMORY = 1536 * 2**20
LARGEST_RESULT = 16 * 2**20
PRINTED = 1000  # characters kept of what a function prints
FORBIDDEN = ("reference", "checker", "assignments", "torch", "jax", "tensorflow", "keras")


def main(descriptor: int) -> None:
    line = socket.socket(fileno=descriptor)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    _limit()
    _hide_the_grader()
    loaded = source.Loaded()
    while (message := _receive(line)) is not None:
        nonce, (verb, *details) = message
        if verb == "load":
            loaded, reply = _load(*details)
            _send(line, nonce, reply)
        else:
            function, parts, cases = details
            for arguments in cases:
                _send(line, nonce, _call(loaded, function, parts, arguments))


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


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


class _Refuse:
    """Says in words why a module is not there for a submission."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in FORBIDDEN:
            raise ImportError(f"{name} is not allowed here: write it yourself, with numpy")


def _hide_the_grader() -> None:
    sys.meta_path.insert(0, _Refuse())
    for name in [name for name in sys.modules if name.partition(".")[0] in FORBIDDEN]:
        del sys.modules[name]


def _load(filename: str, data: bytes) -> tuple[source.Loaded, list[Any]]:
    try:
        with contextlib.redirect_stdout(_Bounded()), contextlib.redirect_stderr(_Bounded()):
            loaded = source.load(filename, data)
    except source.UnreadableError as error:
        return source.Loaded(), ["unreadable", str(error)]
    callables = [name for name, value in loaded.names.items() if callable(value)]
    broken = [[name, why] for name, why in loaded.broken.items()]
    return loaded, ["loaded", callables, loaded.stubs, broken, loaded.notes]


def _call(loaded: source.Loaded, function: str, parts: int, arguments: list[Any]) -> list[Any]:
    """["returned", results, arguments afterwards, printed] or ["raised", words, printed]."""
    arguments = list(map(_own, arguments))
    printed = _Bounded()
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            np.errstate(all="ignore"),
        ):
            results = _results(loaded.names[function](*arguments), parts)
            after = [np.asarray(a) if isinstance(a, np.ndarray) else a for a in arguments]
    except BaseException as error:  # sys.exit in a function ends the call, not the run
        return ["raised", *_where(error, loaded), printed.getvalue()]
    return ["returned", results, after, printed.getvalue()]


def _own(argument: Any) -> Any:
    """A copy of an array; a shape is a tuple again, which a message knows as a list only."""
    if isinstance(argument, list):
        return tuple(argument)
    return argument.copy() if isinstance(argument, np.ndarray) else argument


def _results(value: Any, parts: int) -> list[Any]:
    """One array or, where it is none, words for what it is: for each result."""
    if parts == 1:
        alone = isinstance(value, tuple) and len(value) == 1
        return [[_array(value[0])] if alone else _array(value)]
    if isinstance(value, tuple | list) and len(value) == parts:
        return [_array(each) for each in value]
    count = f" of {len(value)}" if isinstance(value, tuple | list) else ""
    words = "None" if value is None else f"a {type(value).__name__}{count}"
    return [f"{words} instead of a tuple of {parts}"] * parts


def _array(value: Any) -> Any:
    if value is None:
        return "None: is a `return` missing?"
    if isinstance(value, str):
        return f"the text {value[:40]!r} instead of numbers"
    try:
        array = np.asarray(value)
    except ValueError:
        if found := rows(value):
            return found
        return f"a {type(value).__name__} with rows of different lengths"
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        return f"an array of dtype {array.dtype} instead of numbers"
    if array.nbytes > LARGEST_RESULT:
        return f"an array of shape {array.shape}, too large to look at"
    return array


def _where(error: BaseException, loaded: source.Loaded) -> tuple[str, str, int]:
    """The kind of exception, its words, and the last line of the student's file it went through."""
    filename = loaded.names.get("__file__")
    frames = traceback.extract_tb(error.__traceback__)
    line = next((f.lineno for f in reversed(frames) if f.filename == filename), None)
    return type(error).__name__, str(error)[:300], line or 0


class _Bounded(io.TextIOBase):
    """Keeps the first characters printed and forgets the rest, however much it is."""

    def __init__(self) -> None:
        self._kept = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if len(self._kept) < PRINTED:
            self._kept += text[: PRINTED - len(self._kept)]
        return len(text)

    def getvalue(self) -> str:
        return self._kept
