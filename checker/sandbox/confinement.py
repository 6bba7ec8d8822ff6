"""The sandbox that a worker enters before it reads the first byte of a submission.

Python itself cannot be made safe, so the design makes tampering useless: the worker holds no
expected answer and judges nothing. The kernel then denies access to everything outside the worker:

    limits       limits on memory, processor time and files
    Landlock     only the standard library and numpy can be read, nothing written, no TCP
    seccomp      no new process, no socket, no signal to others; about 60 system calls remain
    cgroup       a bound on the memory of all workers together, where the machine allows it
    namespace    other files cannot even be seen, where the machine allows it

No layer needs privileges, and none can be undone. If one of the first three is missing, the
isolation level is lower. The reason for each missing layer is reported.
"""

import contextlib
import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from checker.sandbox import (
    kernel,
    landlock,
    limits,
    memory_group,
    namespace,
    privileges,
    seccomp,
    syscalls,
)

LEVELS = ("none", "limits only", "full")
KILL = 9  # the signal SIGKILL, for which Windows has no name
CHANNEL = 3  # the descriptor of the socket to the parent; all higher ones are closed

# Compiled modules of the standard library whose own libraries are the system's, where Landlock lets
# nobody read. Imported beforehand, so that a submission can import `random`, `gzip` and others.
LINKED_MODULES = "zlib _bz2 _lzma"

# Without Landlock no file can be opened, so these modules are imported beforehand.
PRELOADED_MODULES = """
abc array ast bisect builtins cmath collections collections.abc contextlib copy csv dataclasses
datetime decimal enum fractions functools gc gzip hashlib heapq inspect io itertools json linecache
logging math numbers operator os os.path pathlib pickle pprint queue random re shutil
statistics string struct sys tarfile tempfile textwrap time timeit traceback types typing unittest
uuid warnings zipfile encodings.ascii encodings.latin_1 encodings.utf_8_sig
numpy.fft numpy.linalg numpy.random numpy.testing"""


@dataclass(frozen=True)
class Plan:
    """What is prepared once for many workers: a descriptor of the Landlock rules."""

    rules: int | None = None
    left_out: tuple[str, ...] = ()  # layers that tests and benchmarks switch off
    lacking: list[str] = field(default_factory=list)


def prepare(left_out: tuple[str, ...] = ()) -> Plan:
    """Do what all workers share: the Landlock rules, the control group and the namespace.

    Where Landlock is missing, `PRELOADED_MODULES` are imported. If memory runs out, the kernel
    ends workers first, and not the grader or other programs.
    """
    lacking: list[str] = []
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    for name in LINKED_MODULES.split():
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    rules = None
    try:
        _check_wanted("landlock" in left_out)
        rules = _above_channel(landlock.prepare())
    except OSError as error:
        lacking.append(f"landlock: {error}")
        for name in PRELOADED_MODULES.split():
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    if kernel.MACHINE in syscalls.ARCHITECTURE:
        seccomp.program(kernel.MACHINE, os.getpid(), rules is not None)  # kept for the workers
    _layer(lacking, left_out, "cgroup", memory_group.join)
    _layer(lacking, left_out, "namespace", namespace.enter)  # last: it hides the other files
    return Plan(rules, left_out, lacking)


def _layer(
    lacking: list[str],
    left_out: tuple[str, ...],
    name: str,
    enforce: Callable[..., None],
    *arguments: object,
) -> bool:
    """Enforce a layer. If that fails, add its name and the reason to `lacking`."""
    try:
        _check_wanted(name in left_out)
        enforce(*arguments)
    except (OSError, ValueError) as error:
        lacking.append(f"{name}: {error}")
        return False
    return True


def confine(plan: Plan) -> tuple[str, list[str]]:
    """Sandbox this process for good.

    Return the isolation level and, for each missing layer, its name and the reason.
    """
    lacking = list(plan.lacking)
    layer = partial(_layer, lacking, plan.left_out)
    unprivileged = layer("privileges", privileges.drop, plan.rules is not None)
    with contextlib.suppress(OSError):
        kernel.prctl(kernel.PR_SET_PDEATHSIG, KILL)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    limited = layer("limits", limits.enforce)
    files = plan.rules is not None and layer("landlock", landlock.enforce, plan.rules)
    os.closerange(CHANNEL + 1, 1 << 16)
    calls = layer("seccomp", seccomp.enforce, files)
    if calls and limited and unprivileged:
        # Without Landlock the filter denies opening any file: equally safe, but less convenient.
        return "full", lacking
    return ("limits only" if limited else "none"), lacking


def _above_channel(descriptor: int) -> int:
    """Move a descriptor to a number above CHANNEL and return it."""
    import fcntl

    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, CHANNEL + 1)
    os.close(descriptor)
    return moved


def _check_wanted(left_out: bool) -> None:
    """Raise UnsupportedError if a layer is left out on purpose."""
    if left_out:
        raise kernel.UnsupportedError("left out on purpose")
