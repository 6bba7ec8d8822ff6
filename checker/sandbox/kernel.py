"""Linux system calls for which Python has no function."""

import ctypes
import functools
import os
import platform
import sys

MACHINE = platform.machine() if sys.platform == "linux" else ""
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38


class UnsupportedError(OSError):
    """This kernel or system does not support a feature."""


def prctl(option: int, *arguments: int) -> None:
    """Change a setting of this process. Raises OSError if the call fails."""
    _checked("prctl", option, arguments)


def syscall(number: int, *arguments: int | None) -> int:
    """Make a system call for which the C library has no function. Raises OSError if it fails."""
    return _checked("syscall", number, arguments)


def _checked(function: str, first: int, arguments: tuple[int | None, ...]) -> int:
    if sys.platform != "linux":
        raise UnsupportedError("this is not Linux")
    # The kernel checks all 64 bits of each argument, and also the arguments that a call ignores.
    padded = [*arguments, *[0] * (4 - len(arguments))]
    result = getattr(_library(), function)(
        ctypes.c_long(first), *(ctypes.c_void_p(argument) for argument in padded)
    )
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return int(result)


@functools.cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
