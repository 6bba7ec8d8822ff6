"""Dropping root: a worker that was started by root becomes the user nobody."""

import contextlib
import os
import struct

from checker.sandbox import kernel

NOBODY_ID = 65534
CAPSET_SYSCALL = {"x86_64": 126, "aarch64": 91}
CAPABILITIES_VERSION = 0x20080522
CAP_DAC_READ_SEARCH = 1 << 2  # may read any file


def drop(files_are_shut: bool) -> None:
    """Become an ordinary user. Raises OSError if the process stays privileged.

    The user nobody cannot read a Python that is installed in root's home folder. The process may
    then keep the capability to read all files, but only if Landlock will restrict reading to the
    standard library (`files_are_shut`).
    """
    if not hasattr(os, "geteuid"):
        raise kernel.UnsupportedError("this system has no user who is nobody")
    if os.geteuid() != 0:
        return
    with contextlib.suppress(OSError):  # not Linux: setuid drops all rights
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(NOBODY_ID)
    os.setuid(NOBODY_ID)
    if kernel.MACHINE in CAPSET_SYSCALL:
        reading = files_are_shut and not os.access(os.__file__, os.R_OK)
        keep(CAP_DAC_READ_SEARCH if reading else 0)
    if os.geteuid() == 0:
        raise PermissionError("root could not become an ordinary user")


def keep(capabilities: int) -> None:
    """Drop all capabilities except these."""
    header = struct.pack("<Ii", CAPABILITIES_VERSION, 0)
    effective_permitted_inheritable = struct.pack("<6I", capabilities, capabilities, 0, 0, 0, 0)
    kernel.syscall(CAPSET_SYSCALL[kernel.MACHINE], header, effective_permitted_inheritable)
