"""seccomp: a process gives up every system call except those on a list, for good.

The filter is a BPF program that the kernel runs for each system call. It loads words of the call,
compares them with constants, and returns whether the call is allowed.
"""

import ctypes
import functools
import os
import struct

from checker.sandbox import kernel, syscalls

LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER_OFFSET, MACHINE_OFFSET, ARGUMENTS_OFFSET = 0, 4, 16  # in bytes; an argument has 8
ALLOW, DENY, KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # denied calls fail with EPERM
X32_BIT = 0x40000000  # from here on the numbers belong to the x32 ABI
MODE_FILTER = 2
ANY_PROCESS = 0x7FFFFFF7  # stands for a process id; real ones are much smaller


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def enforce(opening: bool) -> None:
    """Install the filter in this process.

    With `opening`, files may be opened, and Landlock decides which; otherwise opening is denied.
    Raises UnsupportedError on an unknown machine, OSError if the kernel rejects the filter.
    """
    if kernel.MACHINE not in syscalls.ARCHITECTURE:
        raise kernel.UnsupportedError(
            f"no table of system calls for {kernel.MACHINE or 'this system'}"
        )
    code = program(kernel.MACHINE, os.getpid(), opening)
    filter_program = _Program(len(code) // 8, code)
    kernel.prctl(kernel.PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(filter_program))


def program(machine: str, pid: int, opening: bool) -> bytes:
    """The filter as BPF code for a process with this id."""
    return _of_any_process(machine, opening).replace(
        _step(EQUAL, ANY_PROCESS, 0, 1), _step(EQUAL, pid, 0, 1)
    )


@functools.cache
def _of_any_process(machine: str, opening: bool) -> bytes:
    """The filter with a number in place of the process id, made once for all workers."""
    column = 0 if machine == "x86_64" else 1
    unrestricted = syscalls.UNRESTRICTED | (syscalls.FILE_OPENING if opening else {})
    restricted = [(r[:2][column], r[2], r[3]) for r in syscalls.RESTRICTED.values()]
    restricted += [(r[column], 0, (ANY_PROCESS,)) for r in syscalls.OWN_PROCESS_ONLY.values()]
    code = [
        _step(LOAD, MACHINE_OFFSET),
        _step(EQUAL, syscalls.ARCHITECTURE[machine], 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER_OFFSET),
        _step(AT_LEAST, X32_BIT, 0, 1),
        _step(RETURN, KILL),
    ]
    for row in unrestricted.values():
        if (number := row[column]) is not None:
            code += [_step(EQUAL, number, 0, 1), _step(RETURN, ALLOW)]
    for number, argument, values in restricted:
        # The kernel reads these arguments as 32-bit integers, so the low word is enough.
        code += [_step(EQUAL, number, 0, 2 + 2 * len(values))]
        code += [_step(LOAD, ARGUMENTS_OFFSET + 8 * argument)]
        for value in values:
            code += [_step(EQUAL, value, 0, 1), _step(RETURN, ALLOW)]
        code += [_step(RETURN, DENY)]
    return b"".join([*code, _step(RETURN, DENY)])


def _step(operation: int, constant: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", operation, if_so, if_not, constant)
