"""A mount namespace: a process sees a file system in which only what it may read exists.

Landlock denies opening all other files, but a process may still ask whether a path exists and how
large it is. Here there is nothing to ask about. The fork server enters the namespace once for all
its workers. Many containers do not allow it, nor do some systems for ordinary users.
"""

import contextlib
import os
import stat
import struct
from pathlib import Path

from checker.sandbox import kernel, privileges, readable

NEW_MOUNTS, NEW_USER = 0x20000, 0x10000000
PRIVATE, RECURSIVE, DETACH = 1 << 18, 1 << 14, 2
READ_ONLY, NO_SETUID, NO_DEVICES, REMOUNT, BIND = 1, 2, 4, 32, 4096
OPEN_TREE, MOVE_MOUNT, SET_ATTRIBUTES = 428, 429, 442  # the same numbers on every architecture
CLONE, CLOSE_ON_EXEC, WHOLE_TREE, FROM_DESCRIPTOR, OF_DESCRIPTOR = 1, 0o2000000, 0x8000, 4, 0x1000
HERE = -100  # in place of a descriptor: a path is relative to the working directory
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
HIDDEN = ("site-packages", "dist-packages", "test")  # in the folder of the standard library
NEW_ROOT = "/tmp"  # any folder that exists; nothing in it changes, for it is covered here only


def enter() -> None:
    """Enter a namespace, this process and its future children. Raises OSError if it cannot."""
    if kernel.MACHINE not in PIVOT_ROOT:
        raise kernel.UnsupportedError("no table of system calls for this system")
    try:
        _leave_the_common_one()
        _show([*map(Path, readable.library()), *readable.numpy(), Path(os.devnull)])
    finally:
        if os.geteuid() != 0:
            privileges.keep(0)  # gives up what an ordinary user may do in a user namespace


def _show(paths: list[Path]) -> None:
    """Make a root folder that has only these paths, and change to it."""
    copies = [(path, _copied(path)) for path in paths]
    os.umask(0o022)  # whoever a worker becomes, it may walk through the folders made here
    _mount_empty(NEW_ROOT)
    try:
        for path, copy in copies:
            _attach(path, copy)
        os.chdir(NEW_ROOT)
        kernel.syscall(PIVOT_ROOT[kernel.MACHINE], b".", b".")
    except OSError:
        kernel.call("umount2", NEW_ROOT.encode(), DETACH)
        raise
    kernel.call("umount2", b".", DETACH)  # the old root, which lies on top of the new one
    os.chdir("/")
    flags = REMOUNT | BIND | READ_ONLY | NO_SETUID | NO_DEVICES
    kernel.call("mount", b"none", b"/", b"none", flags, None)


def _leave_the_common_one() -> None:
    """Make a mount namespace, for an ordinary user inside of a user namespace."""
    user, group = os.geteuid(), os.getegid()
    kernel.call("unshare", NEW_MOUNTS | (NEW_USER if user != 0 else 0))
    if user != 0:
        with contextlib.suppress(OSError):  # older kernels do not ask for it
            Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    kernel.call("mount", b"none", b"/", b"none", PRIVATE | RECURSIVE, None)


def _mount_empty(place: str) -> None:
    """Mount an empty folder here."""
    flags = NO_SETUID | NO_DEVICES
    kernel.call("mount", b"none", os.fsencode(place), b"tmpfs", flags, b"mode=755")


def _copied(path: Path) -> int:
    """A descriptor of a copy of the mounts at this path that cannot be written to."""
    flags = CLONE | CLOSE_ON_EXEC | WHOLE_TREE
    copy = kernel.syscall(OPEN_TREE, HERE, os.fsencode(path), flags)
    if path != Path(os.devnull):
        attributes = struct.pack("<4Q", READ_ONLY | NO_SETUID, 0, 0, 0)
        kernel.syscall(SET_ATTRIBUTES, copy, b"", OF_DESCRIPTOR | WHOLE_TREE, attributes, 32)
    return copy


def _attach(path: Path, copy: int) -> None:
    """Show this copy at its path below the new root."""
    place = Path(f"{NEW_ROOT}{path}")
    place.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISDIR(os.fstat(copy).st_mode):
        place.mkdir(exist_ok=True)
    else:
        place.touch()
    kernel.syscall(MOVE_MOUNT, copy, b"", HERE, os.fsencode(place), FROM_DESCRIPTOR)
    os.close(copy)
    for name in HIDDEN:
        if (place / name).is_dir():
            _mount_empty(str(place / name))
