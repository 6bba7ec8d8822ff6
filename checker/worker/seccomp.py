"""Calls: with seccomp, a process gives up every system call but those on a list, for good.

The filter is a program of the kernel's own little machine: it loads a word of the call, compares it
with a constant, and returns what is to happen.
"""

import ctypes
import os
import struct

from checker.worker import kernel, syscalls

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # where the words of a call lie; an argument has 8 bytes
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # refused calls report EPERM
X32 = 0x40000000  # the same numbers again, with other meanings
MODE_FILTER = 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def enforce(opening: bool) -> None:
    """From here on, in this process. `opening` files is left to Landlock, or refused altogether."""
    if kernel.MACHINE not in syscalls.ARCHITECTURE:
        raise kernel.UnsupportedError(f"no table of calls for {kernel.MACHINE or 'this system'}")
    code = program(kernel.MACHINE, os.getpid(), opening)
    described = _Program(len(code) // 8, code)
    kernel.prctl(kernel.PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(described))


def program(machine: str, pid: int, opening: bool) -> bytes:
    column = 0 if machine == "x86_64" else 1
    plain = syscalls.PLAIN | (syscalls.OPENING if opening else {})
    restricted = [(r[:2][column], r[2], r[3]) for r in syscalls.RESTRICTED.values()]
    restricted += [(r[column], 0, (pid,)) for r in syscalls.ONLY_ITSELF.values()]
    code = [
        _step(LOAD, MACHINE),
        _step(EQUAL, syscalls.ARCHITECTURE[machine], 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(AT_LEAST, X32, 0, 1),
        _step(RETURN, KILL),
    ]
    for row in plain.values():
        if (known := row[column]) is not None:
            code += [_step(EQUAL, known, 0, 1), _step(RETURN, ALLOW)]
    for number, argument, values in restricted:
        # The low half of the argument is all the kernel looks at: these are ints to it.
        code += [_step(EQUAL, number, 0, 2 + 2 * len(values))]
        code += [_step(LOAD, ARGUMENTS + 8 * argument)]
        for value in values:
            code += [_step(EQUAL, value, 0, 1), _step(RETURN, ALLOW)]
        code += [_step(RETURN, REFUSE)]
    return b"".join([*code, _step(RETURN, REFUSE)])


def _step(operation: int, constant: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", operation, if_so, if_not, constant)
