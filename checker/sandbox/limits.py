"""Limits on the memory, CPU time, files and processes of a submission, on any Unix."""

import contextlib
import importlib
import math
import sys
import time
from pathlib import Path
from typing import Any

resource: Any = None
with contextlib.suppress(ImportError):  # Windows has no such module
    resource = importlib.import_module("resource")

MEMORY_LIMIT = 1536 * 2**20
STACK_LIMIT = 8 * 2**20
OPEN_FILES_LIMIT = 64
CPU_LIMIT = 600  # seconds of one worker in all, which it cannot lift
PROCESS_CLOCK = 2  # in the id of a clock of Linux: of all threads of a process, user and system


def enforce() -> None:
    """Set all limits that hold for the whole process, for good.

    Raises OSError if memory cannot be limited (Windows).
    """
    if resource is None:
        raise OSError("this system has no resource limits")
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES_LIMIT,
        resource.RLIMIT_NPROC: 0,  # no child processes; the kernel ignores this limit for root
        resource.RLIMIT_STACK: STACK_LIMIT,
        resource.RLIMIT_CPU: CPU_LIMIT,
    }
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            _limit(kind, limit)
    _limit(resource.RLIMIT_AS, MEMORY_LIMIT)


def _limit(kind: int, limit: int) -> None:
    """Set a soft and a hard limit. A stricter one that is there already stays."""
    _, hard = resource.getrlimit(kind)
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (limit, limit))


def processor(seconds: float) -> None:
    """Limit CPU time to `seconds` from now; SIGXCPU ends the process after that.

    Time spent waiting for the processor does not count, so a grade does not depend on the load of
    the machine. A submission could lift this limit up to `CPU_LIMIT`: the grader counts as well.
    """
    if resource is None:
        return
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = math.ceil(time.process_time() + seconds)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def waiting_time(pid: int) -> float | None:
    """The seconds for which a process was ready and had no processor. None where it is unknown."""
    with contextlib.suppress(OSError, ValueError):
        used, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return int(waited) / 1e9 if int(used) else None  # zero where the kernel does not count
    return None


def processor_time(pid: int) -> float | None:
    """The CPU seconds of a process so far, or None where the system does not tell."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            return time.clock_gettime(~pid << 3 | PROCESS_CLOCK)
    return None
