"""Limits on the memory, CPU time, files and processes of a submission, on any Unix."""

import contextlib
import importlib
import math
import time
from typing import Any

resource: Any = None
with contextlib.suppress(ImportError):  # Windows has no such module
    resource = importlib.import_module("resource")

MEMORY_LIMIT = 1536 * 2**20
STACK_LIMIT = 8 * 2**20
OPEN_FILES_LIMIT = 64


def enforce() -> None:
    """Set all limits but that on CPU time. Raises OSError if memory cannot be limited (Windows)."""
    if resource is None:
        raise OSError("this system has no resource limits")
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES_LIMIT,
        resource.RLIMIT_NPROC: 0,  # no child processes; the kernel ignores this limit for root
        resource.RLIMIT_STACK: STACK_LIMIT,
    }
    for kind, limit in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def processor(seconds: float) -> None:
    """Limit CPU time to `seconds` from now; SIGXCPU ends the process after that.

    Time spent waiting for the processor does not count, so a grade does not depend on the load of
    the machine.
    """
    if resource is None:
        return
    limit = math.ceil(time.process_time() + seconds)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
