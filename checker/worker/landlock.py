"""Files: with Landlock, an ordinary process gives up all of them but those on a list, for good.

What may be read is the standard library and numpy: enough to import, and nothing that knows an
answer. Nothing may be written. Newer kernels also shut off TCP, and signals and abstract sockets
to processes outside.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from checker.worker import kernel

CREATE, ADD_RULE, RESTRICT = 444, 445, 446  # the same numbers on every architecture
VERSION_QUESTION, PATH_BENEATH = 1, 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # how many rights on files the interface knows, since
ALL_TCP, ALL_SCOPES = 0b11, 0b11
NOT_THE_LIBRARY = {"site-packages", "dist-packages", "test"}


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # what packed structures are laid out as; Python 3.14 wants it said
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The interface that this kernel offers: 1 and more. Raises OSError where there is none."""
    return kernel.syscall(CREATE, None, 0, VERSION_QUESTION)


def prepare() -> int:
    """A descriptor of the rules, to be made once and enforced in any number of processes."""
    known = version()
    rights = (1 << max(bits for since, bits in FILE_RIGHTS.items() if since <= known)) - 1
    asked = _Ruleset(rights, ALL_TCP if known >= 4 else 0, ALL_SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = kernel.syscall(CREATE, ctypes.addressof(asked), size, 0)
    for path, allowed in _readable():
        _allow(rules, path, allowed)
    return rules


def enforce(rules: int) -> None:
    """From here on, in this process and all it starts. Needs no_new_privs."""
    kernel.syscall(RESTRICT, rules, 0)


def _allow(rules: int, path: Path, allowed: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = _Beneath(allowed, handle)
        kernel.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.addressof(beneath), 0)
    finally:
        os.close(handle)


def _readable() -> Iterator[tuple[Path, int]]:
    import numpy

    for place in map(Path, library()):
        if place.is_dir():
            # A list of names is harmless, and importing needs it; other packages in it stay shut.
            yield place, READ_DIR
        entries = place.iterdir() if place.is_dir() else [place] if place.exists() else []
        for entry in entries:
            if entry.name not in NOT_THE_LIBRARY and not entry.is_symlink():
                yield entry, READ_FILE | READ_DIR if entry.is_dir() else READ_FILE
    package = Path(numpy.__file__).parent
    yield package, READ_FILE | READ_DIR
    if (libraries := package.with_name("numpy.libs")).is_dir():
        yield libraries, READ_FILE | READ_DIR


def library() -> list[str]:
    """Where Python itself lies: what an isolated interpreter looks through, but for packages."""
    return [place for place in sys.path if Path(place).name not in NOT_THE_LIBRARY]
