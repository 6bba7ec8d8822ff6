"""How a worker shuts itself off, before it sees the first byte of a submission.

Making Python safe is hopeless; making tampering pointless is not. The worker holds no answer and
judges nothing, so what is left to deny is the world around it, and the kernel does that:

    limits       memory, processor, files: whatever is exhausted is the worker's own
    Landlock     no file but the standard library and numpy, nothing written, no TCP
    seccomp      no process, no socket, no signal to others: about 60 harmless calls are left

Each needs no privilege and is for good. Where one is missing, the level says so.
"""

import contextlib
import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from checker.worker import kernel, landlock, limits, privileges, seccomp

LEVELS = ("none", "limits only", "full")
CHANNEL = 3  # the descriptor of the line to the parent; all others are closed

# Where no file can be opened, only what is there already can be imported.
LIBRARY = """abc array ast bisect builtins cmath collections collections.abc contextlib copy csv
dataclasses datetime decimal enum fractions functools gc hashlib heapq inspect io itertools json
linecache logging math numbers operator os os.path pathlib pickle pprint queue random re shutil
statistics string struct sys tempfile textwrap time timeit traceback types typing unittest uuid
warnings encodings.ascii
encodings.latin_1 encodings.utf_8_sig numpy.fft numpy.linalg numpy.random numpy.testing"""


@dataclass(frozen=True)
class Plan:
    """What can be got ready once for many workers: a descriptor of the rules about files."""

    rules: int | None = None
    left_out: tuple[str, ...] = ()  # layers that tests and benchmarks do without
    lacking: list[str] = field(default_factory=list)


def prepare(left_out: tuple[str, ...] = ()) -> Plan:
    try:
        _unless("landlock" in left_out)
        rules = landlock.prepare()
        return Plan(_out_of_the_way(rules), left_out)
    except OSError as error:
        for name in LIBRARY.split():
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        return Plan(None, left_out, [f"landlock: {error}"])


def confine(plan: Plan) -> tuple[str, list[str]]:
    """Shut this process off for good: the level reached, and what it lacks in words."""
    lacking = list(plan.lacking)

    def layer(name: str, enforce: Callable[..., None], *arguments: object) -> bool:
        try:
            _unless(name in plan.left_out)
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
        # Without Landlock the filter refuses to open any file at all: as shut, less comfortable.
        return "full", lacking
    return ("limits only" if limited else "none"), lacking


def _out_of_the_way(descriptor: int) -> int:
    """The same descriptor under a number above CHANNEL."""
    import fcntl

    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, CHANNEL + 1)
    os.close(descriptor)
    return moved


def _unless(left_out: bool) -> None:
    if left_out:
        raise kernel.UnsupportedError("left out on purpose")
