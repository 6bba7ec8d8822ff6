"""Landlock: a process without privileges gives up access to all files except those on a list.

Only the standard library and numpy can be read, which is enough to import them and contains no
answer. Nothing can be written. Newer kernels also deny TCP, and signals and abstract sockets to
processes outside the sandbox.
"""

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path

from checker.sandbox import kernel, readable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
VERSION_FLAG, PATH_BENEATH = 1, 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # version of the interface: number of file rights
ALL_TCP_RIGHTS, ALL_SCOPES = 0b11, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # the layout of packed structures, which Python 3.14 wants to be explicit
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The Landlock version of this kernel, at least 1. Raises OSError if there is none."""
    return kernel.syscall(CREATE_RULESET, None, 0, VERSION_FLAG)


def prepare() -> int:
    """Make the rules and return their descriptor, which any number of processes can enforce."""
    current = version()
    rights = (1 << max(bits for since, bits in FILE_RIGHTS.items() if since <= current)) - 1
    tcp, scopes = ALL_TCP_RIGHTS if current >= 4 else 0, ALL_SCOPES if current >= 6 else 0
    ruleset = _Ruleset(rights, tcp, scopes)
    size = 24 if current >= 6 else 16 if current >= 4 else 8
    rules = kernel.syscall(CREATE_RULESET, ctypes.addressof(ruleset), size, 0)
    for path, allowed in _readable():
        _allow(rules, path, allowed)
    return rules


def enforce(rules: int) -> None:
    """Enforce the rules in this process and all its children. Needs no_new_privs."""
    kernel.syscall(RESTRICT_SELF, rules, 0)


def _allow(rules: int, path: Path, allowed: int) -> None:
    """Add a rule that allows these rights on a path and everything below it."""
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = _Beneath(allowed, handle)
        kernel.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.addressof(beneath), 0)
    finally:
        os.close(handle)


def _readable() -> Iterator[tuple[Path, int]]:
    """The paths of the standard library and numpy, each with the rights on it."""
    for place in map(Path, readable.library()):
        if place.is_file():  # the standard library as an archive
            yield place, READ_FILE
            continue
        # Importing needs the list of names; what else lies in the folder stays unreadable.
        yield place, READ_DIR
        for entry in filter(readable.is_standard, place.iterdir()):
            yield entry, READ_FILE | READ_DIR if entry.is_dir() else READ_FILE
    for folder in readable.numpy():
        yield folder, READ_FILE | READ_DIR
