"""Root: a worker started by it becomes nobody before it confines itself further."""

import contextlib
import ctypes
import os
import struct

from checker.worker import kernel

NOBODY = 65534
CAPSET = {"x86_64": 126, "aarch64": 91}
CAPABILITIES_VERSION = 0x20080522
MAY_READ_ALL = 1 << 2  # CAP_DAC_READ_SEARCH


def drop(files_are_shut: bool) -> None:
    """Raises OSError where the process stays privileged.

    A Python that root keeps in its own home is out of nobody's reach. Where Landlock will confine
    reading to the library (`files_are_shut`), the right to read it may stay, and nothing else.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    with contextlib.suppress(OSError):  # not Linux: then nothing of root stays either
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    if kernel.MACHINE in CAPSET:
        reading = files_are_shut and not os.access(os.__file__, os.R_OK)
        _keep(MAY_READ_ALL if reading else 0)
    if os.geteuid() == 0:
        raise PermissionError("root could not become an ordinary user")


def _keep(capabilities: int) -> None:
    header = ctypes.create_string_buffer(struct.pack("<Ii", CAPABILITIES_VERSION, 0))
    effective_permitted_inheritable = struct.pack("<6I", capabilities, capabilities, 0, 0, 0, 0)
    sets = ctypes.create_string_buffer(effective_permitted_inheritable)
    kernel.syscall(CAPSET[kernel.MACHINE], ctypes.addressof(header), ctypes.addressof(sets))
