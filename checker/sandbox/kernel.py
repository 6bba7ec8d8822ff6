"""Linux system calls for which Python has no function."""

import ctypes
import functools
import os
import sys

MACHINE = os.uname().machine if sys.platform == "linux" else ""
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38


class UnsupportedError(OSError):
    """This kernel or system does not support a feature."""


def prctl(option: int, *arguments: int) -> None:
    """Change a setting of this process. Raises OSError if the call fails."""
    call("prctl", *_padded(option, *arguments))


def syscall(number: int, *arguments: int | bytes | None) -> int:
    """Make a system call for which the C library has no function. Raises OSError if it fails."""
    return call("syscall", *_padded(number, *arguments))


def call(function: str, *arguments: int | bytes | None) -> int:
    """Call a function of the C library. Raises OSError if it fails."""
    if sys.platform != "linux":
        raise UnsupportedError("this is not Linux")
    result = getattr(_library(), function)(*map(_as_pointer, arguments))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)


def _padded(*arguments: int | bytes | None) -> list[int | bytes | None]:
    """Five arguments: the kernel checks also those that a call ignores."""
    return [*arguments, *[0] * (5 - len(arguments))]


def _as_pointer(argument: int | bytes | None) -> "ctypes.c_char_p | ctypes.c_void_p":
    """An argument with all of its 64 bits, which the kernel checks."""
    if isinstance(argument, bytes):
        return ctypes.c_char_p(argument)
    return ctypes.c_void_p(argument)


@functools.cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
