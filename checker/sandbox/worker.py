"""The worker: runs a submission and replies with data only.

It receives the names of functions and their inputs. It has no expected answers and judges nothing.
Before it reads the first byte of a submission, it sandboxes itself and reports the isolation level.
"""

import builtins
import contextlib
import gc
import importlib
import io
import os
import random
import site
import socket
import struct
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import numpy as np

from checker.sandbox import (
    asked_lines,
    calls,
    confinement,
    form_error,
    import_allow_list,
    interpreter,
    limits,
    messages,
    observation,
    reader,
    source,
    submitted_modules,
    wire,
)
from checker.sandbox.results import results

FORBIDDEN_PACKAGES = (
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
PACKAGE_FOLDERS = ("site-packages", "dist-packages")
LONGEST_FORM = 600  # characters of words about the form of a function

_kept: list[Any] = []
_unpacked: dict[int, Any] = {}


def main(descriptor: str, *left_out: str) -> None:
    """Run as a worker in a process of its own, not forked."""
    line = connected(descriptor)
    plan = confinement.prepare(left_out)
    hide_the_grader()
    serve(line, plan)


def connected(descriptor: str) -> socket.socket:
    """The socket with this descriptor. Windows passes it to a child as bytes, not as a number."""
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=int(descriptor))


def serve(line: socket.socket, plan: confinement.Plan) -> None:
    """Sandbox this process, then answer requests until the other end closes the socket."""
    line = _move_to_channel(line)
    level, lacking = confinement.confine(plan)
    _send(line, bytes(16), messages.pack(messages.Ready(level, lacking)))
    loaded, runs = source.Loaded(), 0
    while (message := _receive(line)) is not None:
        nonce, (verb, seconds, *details) = message
        limits.processor(seconds)
        if verb == "load":
            *file, asked = details
            loaded, reply = _load(*file, asked=asked)
            _send(line, nonce, messages.pack(reply))
        elif verb in reader.QUESTIONS:
            _send(line, nonce, reader.answer(verb, details))
        elif verb == "observe":
            function, (layout, numbers, others) = details
            (arguments,) = calls.unpack(layout, numbers, others)
            _seed(1)
            seen = observation.observed(loaded.asked(function), arguments, loaded.names["__file__"])
            _send(line, nonce, messages.pack(seen))
        else:
            for function, parts, largest, sent in details[0]:
                limits.processor(seconds)
                runs += 1
                _seed(runs)
                layout, numbers, arguments = _calls(sent)
                with _silence():
                    replies = _answers(loaded, function, parts, arguments, largest)
                _send(line, nonce, messages.answers_message(replies, numbers))


def _move_to_channel(line: socket.socket) -> socket.socket:
    """Move the socket to the descriptor CHANNEL and redirect the standard streams to nothing."""
    null = os.open(os.devnull, os.O_RDWR)
    descriptor = line.detach()
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    if os.name != "posix":
        return socket.socket(fileno=descriptor)
    if descriptor != confinement.CHANNEL:
        os.dup2(descriptor, confinement.CHANNEL, inheritable=False)
    return socket.socket(fileno=confinement.CHANNEL)


def _receive(line: socket.socket) -> Any:
    """The nonce and the value of the next message, or None at the end of the stream."""
    header = _receive_exactly(line, 24)
    if header is None:
        return None
    body = _receive_exactly(line, struct.unpack("<Q", header[16:])[0])
    return None if body is None else (header[:16], wire.decode(body))


def _receive_exactly(line: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        chunk = line.recv(min(size - len(data), 2**20))
        if not chunk:
            return None
        data += chunk
    return bytes(data)


def _send(line: socket.socket, nonce: bytes, value: Any) -> None:
    body = wire.encode(value)
    line.sendall(nonce + struct.pack("<Q", len(body)) + body)


class _ForbiddenFinder:
    """Explains why a submission cannot import a module."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in FORBIDDEN_PACKAGES:
            raise ImportError(f"{name} is not allowed here: write it yourself, with numpy")


def _no_debugger(*_: object, **__: object) -> None:
    """Stands in for breakpoint(): there is nobody to type."""
    raise EOFError("breakpoint() waits for a debugger")


def hide_the_grader() -> None:
    """Make all packages but numpy unavailable, so that imports are the same on every machine.

    This gives clear error messages; it is not a security measure. The kernel protects files. It
    ends what `interpreter` begins: from now on there are collections, and the names of `site`.
    """
    gc.freeze()
    gc.enable()
    site.setquit()
    site.sethelper()
    site.setcopyright()
    sys.breakpointhook = _no_debugger
    standard = [finder for finder in sys.meta_path if isinstance(finder, type)]
    sys.meta_path[:] = [_ForbiddenFinder(), *standard]
    ours = (interpreter.ROOT, *PACKAGE_FOLDERS)
    sys.path[:] = [folder for folder in sys.path if not folder.endswith(ours)]
    for name in [name for name in sys.modules if name.partition(".")[0] in FORBIDDEN_PACKAGES]:
        del sys.modules[name]


def _seed(number: int) -> None:
    """Seed the generators, so that a submission without a seed gets the same grade each time.

    Each run has another number, so that different runs have different random numbers.
    """
    random.seed(number)
    if "numpy.random" in sys.modules:  # not imported here because that takes time
        sys.modules["numpy.random"].seed(number)


def _load(
    filename: str,
    data: bytes,
    others: list[Any],
    bare: int,
    allowed: list[str],
    *,
    asked: list[list[Any]],
) -> tuple[source.Loaded, messages.Loaded | messages.Unreadable]:
    if b"random" in data:
        importlib.import_module("numpy.random")  # so that it is seeded
    _seed(0)
    files = {str(name): content for name, content in others}
    import_function = (
        import_allow_list.only(allowed, submitted_modules.packages(files)) if allowed else None
    )
    sys.meta_path.insert(0, submitted_modules.Finder(files, import_function))
    try:
        with _silence():
            loaded = source.load(filename, data, bare=bool(bare), import_function=import_function)
    except source.UnreadableError as error:
        return source.Loaded(), messages.Unreadable(str(error))
    callables = [name[:100] for name, value in loaded.names.items() if callable(value)][
        -messages.MOST_NAMES :
    ]
    for task, parameters, text, methods in asked:
        loaded.lines[task] = asked_lines.AskedLines(parameters, text, loaded.names)
        callables += asked_lines.methods(loaded.names, methods)
    broken = [[name[:100], why[:200]] for name, why in loaded.broken.items()][: messages.MOST_NOTES]
    notes = [note[:200] for note in loaded.notes[: messages.MOST_NOTES]]
    return loaded, messages.Loaded(callables, loaded.stubs[: messages.MOST_NAMES], broken, notes)


def keep(descriptor: int) -> None:
    """Unpack the calls in this file, which processes forked from this one will know by number."""
    with os.fdopen(descriptor, "rb") as file:
        _kept[:] = wire.decode(file.read())
    _unpacked.update((number, _with_arguments(*sent)) for number, sent in enumerate(_kept))


def _calls(sent: Any) -> Any:
    """The layout, the bytes and the arguments of calls: sent with them, or kept under a number.

    The bytes are a copy, which the calls may change, so they are unpacked again for a second run.
    """
    if not isinstance(sent, int):
        return _with_arguments(*sent)
    return _unpacked.pop(sent, None) or _with_arguments(*_kept[sent])


def _with_arguments(layout: Any, numbers: Any, others: list[Any]) -> Any:
    numbers = numbers.copy()
    return layout, numbers, calls.unpack(layout, numbers, others)


def _answers(
    loaded: source.Loaded, function: str, parts: int, arguments: list[list[Any]], largest: int
) -> list[messages.Reply]:
    """The reply to each call of a function."""
    before = list(map(_shapes, arguments))
    replies: list[messages.Reply] = []
    for each in arguments:
        try:
            answer = results(loaded.asked(function)(*each), parts, largest)
            replies.append(messages.Returned(answer, False))
        except BaseException as error:  # sys.exit in a function ends this call only
            is_value_error = isinstance(error, ValueError)
            replies.append(messages.Raised(*_where(error, loaded), is_value_error))
    if (after := list(map(_shapes, arguments))) != before:
        replies = [
            reply._replace(mutated=now != then) if isinstance(reply, messages.Returned) else reply
            for reply, now, then in zip(replies, after, before, strict=True)
        ]
    return replies


def _shapes(arguments: list[Any]) -> list[Any]:
    return [(each.shape, each.dtype) for each in arguments if isinstance(each, np.ndarray)]


def _where(error: BaseException, loaded: source.Loaded) -> tuple[str, str, int]:
    """The type of an exception, its message, and the last line of the student's file involved."""
    if isinstance(error, form_error.FormError):
        return form_error.KIND, str(error)[:LONGEST_FORM], error.line
    filename = loaded.names.get("__file__")
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == filename]
    kinds = [kind.__name__ for kind in (NotImplementedError,) if isinstance(error, kind)]
    return (*kinds, type(error).__name__[:100])[0], _words(error)[:300], [0, *lines][-1]


def _words(error: BaseException) -> str:
    """The words of an exception, with the name that was probably meant, if a name is wrong."""
    if isinstance(error, AttributeError | NameError) and error.name is None:
        return str(error)
    if isinstance(error, AttributeError):
        known = dir(error.obj)
    elif isinstance(error, NameError) and (trace := error.__traceback__) is not None:
        *_, (frame, _) = traceback.walk_tb(trace)
        known = [*frame.f_locals, *frame.f_globals, *dir(builtins)]
    else:
        return str(error)
    import difflib  # takes time

    near = difflib.get_close_matches(str(error.name), known, n=1, cutoff=0.7)
    return f"{error}. Did you mean: {near[0]}?" if near else str(error)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Discard everything that is printed, and switch off numpy's warnings."""
    null = _NullStream()
    with (
        contextlib.redirect_stdout(null),
        contextlib.redirect_stderr(null),
        np.errstate(all="ignore"),
    ):
        yield


class _NullStream(io.TextIOBase):
    """Discards all text."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)
