"""The sandbox that a worker enters before it reads the first byte of a submission.

Python itself cannot be made safe, so the design makes tampering useless: the worker holds no
expected answer and judges nothing. The kernel then denies access to everything outside the worker:

    limits       limits on memory, processor time and files
    Landlock     only the standard library and numpy can be read, nothing written, no TCP
    seccomp      no new process, no socket, no signal to others; about 60 system calls remain

No layer needs privileges, and none can be undone. If a layer is missing, the isolation level is
lower and the reason is reported.
"""

import contextlib
import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from checker.sandbox import kernel, landlock, limits, privileges, seccomp

LEVELS = ("none", "limits only", "full")
CHANNEL = 3  # the descriptor of the socket to the parent; all higher ones are closed

# Without Landlock no file can be opened, so these modules are imported beforehand.
PRELOADED_MODULES = """
abc array ast bisect builtins cmath collections collections.abc contextlib copy csv dataclasses
datetime decimal enum fractions functools gc hashlib heapq inspect io itertools json linecache
logging math numbers operator os os.path pathlib pickle pprint queue random re shutil
statistics string struct sys tempfile textwrap time timeit traceback types typing unittest uuid
warnings encodings.ascii
encodings.latin_1 encodings.utf_8_sig numpy.fft numpy.linalg numpy.random numpy.testing"""


@dataclass(frozen=True)
class Plan:
    """What is prepared once for many workers: a descriptor of the Landlock rules."""

    rules: int | None = None
    left_out: tuple[str, ...] = ()  # layers that tests and benchmarks switch off
    lacking: list[str] = field(default_factory=list)


def prepare(left_out: tuple[str, ...] = ()) -> Plan:
    """Make the Landlock rules, or import `PRELOADED_MODULES` where Landlock is missing."""
    try:
        _check_wanted("landlock" in left_out)
        rules = landlock.prepare()
        return Plan(_above_channel(rules), left_out)
    except OSError as error:
        for name in PRELOADED_MODULES.split():
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        return Plan(None, left_out, [f"landlock: {error}"])


def confine(plan: Plan) -> tuple[str, list[str]]:
    """Sandbox this process for good.

    Return the isolation level and, for each missing layer, its name and the reason.
    """
    lacking = list(plan.lacking)

    def layer(name: str, enforce: Callable[..., None], *arguments: object) -> bool:
        try:
            _check_wanted(name in plan.left_out)
            enforce(*arguments)
        except (OSError, ValueError) as error:
            lacking.append(f"{name}: {error}")
            return False
        return True

    unprivileged = layer("privileges", privileges.drop, plan.rules is not None)
    with contextlib.suppress(OSError):
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
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
